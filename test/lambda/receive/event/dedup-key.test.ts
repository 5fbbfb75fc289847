import { createHash } from 'node:crypto';
import { derivedDedupKey, fitDedupKey, groupDedupKey } from '../../../../lambda/receive/event/dedup-key';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

test('is the hash of the group key that Alertmanager itself hashes', () => {
  const labels = [['instance', '"i:1"'], ['alertname', '"X \\"q\\" \\n é"']] as const;
  expect(groupDedupKey('{}/{severity=~"critical|page",team="a b"}', labels))
    .toBe(sha256('{}/{severity=~"critical|page",team="a b"}:{alertname="X \\"q\\" \\n é", instance="i:1"}'));
});

test('sorts labels by the bytes of their names, as Go does, not by UTF-16 units', () => {
  const astral = '\u{1f600}';
  const beyond = '\uff00';
  expect(groupDedupKey('{}', [[astral, '"1"'], [beyond, '"2"'], ['b', '"3"'], ['B', '"4"'], ['b2', '"5"']]))
    .toBe(sha256(`{}:{B="4", b="3", b2="5", ${beyond}="2", ${astral}="1"}`));
});

test('of an empty group has empty braces', () => {
  expect(groupDedupKey('{}', [])).toBe(sha256('{}:{}'));
});

test.each([[254, true], [255, true], [256, false]])('of another set-up with %i characters is kept: %s', (length, isKept) => {
  const key = 'k'.repeat(length);
  expect(fitDedupKey(key)).toBe(isKept ? key : sha256(key));
});

test('is never empty', () => {
  expect(fitDedupKey('')).toHaveLength(64);
  expect(fitDedupKey(' ')).toHaveLength(64);
});

test('tells its parts apart', () => {
  expect(derivedDedupKey('a', 'b')).not.toBe(derivedDedupKey('ab', ''));
});
