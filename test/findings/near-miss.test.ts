import { didYouMean, nearMiss } from '../../src/findings/near-miss';

const KNOWN = ['routing_key', 'severity', 'url', 'send_resolved'];

test.each([
  ['routing_kye', 'routing_key'],
  ['routing-key', 'routing_key'],
  ['Severity', 'severity'],
  ['sevrty', 'severity'],
  ['ulr', 'url'],
  ['uri', 'url'],
  ['ur1x', undefined],
  ['svrty', undefined],
  ['dedup_key', undefined],
  ['', undefined],
  [`url${' '.repeat(60)}`, undefined],
])('%j is taken for %s', (name, meant) => {
  expect(nearMiss(name, KNOWN)).toBe(meant);
});

test('what was meant is said, or nothing', () => {
  expect(didYouMean('rout_key', ['route_key', 'receiver'])).toBe('did you mean "route_key"? ');
  expect(didYouMean('nope', KNOWN)).toBe('');
});
