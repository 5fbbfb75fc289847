import { configOf, configWith, headsOf, told, translateText } from './support';
import { AlertManagerConfig } from '../../../src/alertmanager/alert-manager-config';

const KEY_A = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
const KEY_B = 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb';

const pages = (name: string, ...configs: object[]): { name: string; pagerduty_configs: object[] } => ({ name, pagerduty_configs: configs });

function keysOf(text: string): object {
  return Object.fromEntries(AlertManagerConfig.fromString(text)._secrets(true).map(({ name, value }) => [name, value]));
}

describe('names of routing keys', () => {
  test('are those of the receivers, and shared by receivers with the same key', () => {
    const text = configWith(pages('one', { routing_key: KEY_A }), pages('two', { routing_key: KEY_B }), pages('three', { routing_key: KEY_A }));
    const translation = translateText(text);
    expect(translation.routingKeyNames).toEqual(['one', 'two']);
    expect(headsOf(translation, 'three')).toMatchObject([{ routingKey: 'one', receiver: 'three' }]);
    expect(keysOf(text)).toEqual({ one: KEY_A, two: KEY_B });
  });

  test('are numbered within a receiver, around the names of other receivers', () => {
    const text = configWith(
      pages('one', { routing_key: KEY_A }, { routing_key: KEY_B }, { routing_key: KEY_A }, { routing_key: 'c' }),
      pages('one-2', { routing_key: 'd' }),
    );
    expect(keysOf(text)).toEqual({ 'one': KEY_A, 'one-3': KEY_B, 'one-4': 'c', 'one-2': 'd' });
  });

  test('do not depend on routes, but only keys on a route are asked for', () => {
    const text = JSON.stringify({
      route: { receiver: 'used' },
      receivers: [pages('unused', { routing_key: KEY_A }), pages('used', { routing_key: KEY_A }, { routing_key: KEY_B }), pages('idle', { routing_key: 'x' })],
    });
    expect(keysOf(text)).toEqual({ unused: KEY_A, used: KEY_B });
    expect(translateText(text).routingKeyNames).toEqual(['unused', 'used']);
  });

  test('of key files are one per path; a v1 key goes before a v2 key, as in Alertmanager', () => {
    const text = configWith(
      pages('file', { routing_key_file: '/etc/pd' }), pages('same', { routing_key_file: '/etc/pd' }),
      pages('v1', { service_key: KEY_A, routing_key: KEY_B }),
    );
    expect(keysOf(text)).toEqual({ file: undefined, v1: KEY_A });
    expect(told(translateText(text))).toEqual([
      'warning routing-key-file receivers[0].pagerduty_configs[0].routing_key_file',
      'warning routing-key-file receivers[1].pagerduty_configs[0].routing_key_file',
      'warning service-key receivers[2].pagerduty_configs[0].service_key',
    ]);
  });
});

describe('routing keys that cannot be carried over', () => {
  test('a templated key is an error that does not repeat it', () => {
    const translation = translateText(configWith(pages('one', { routing_key: `{{ if true }}${KEY_A}{{ end }}` })));
    expect(told(translation)).toEqual(['error routing-key-templated receivers[0].pagerduty_configs[0].routing_key']);
    expect(JSON.stringify(translation)).not.toContain(KEY_A);
  });

  test('redacted keys are an error, because they would all be one', () => {
    const text = configWith(pages('one', { routing_key: '<secret>' }), pages('two', { routing_key: '<secret>' }));
    expect(told(translateText(text))).toEqual([
      'error routing-key-redacted receivers[0].pagerduty_configs[0].routing_key',
      'error routing-key-redacted receivers[1].pagerduty_configs[0].routing_key',
    ]);
  });

  test('a receiver that no route uses is not complained of, and sends nothing', () => {
    const text = JSON.stringify({ route: { receiver: 'used' }, receivers: [pages('used', { routing_key: KEY_A }), pages('idle', { routing_key: '{{ .Status }}' })] });
    const translation = translateText(text);
    expect(told(translation)).toEqual([]);
    expect(configOf(translation).receivers[1]).toEqual({ name: 'idle' });
  });
});

test('no key is in what the construct gets', () => {
  const text = configWith(
    pages('one', { routing_key: KEY_A, url: `https://example.com/integration/${KEY_A}/enqueue` }, { service_key: KEY_B, timeout: '5s' }),
    pages('two', { routing_key: KEY_B, http_config: { authorization: { credentials: KEY_A } } }),
  );
  const translation = translateText(text);
  expect(translation.findings.length).toBeGreaterThan(3);
  expect(JSON.stringify(translation)).not.toContain(KEY_A);
  expect(JSON.stringify(translation)).not.toContain(KEY_B);
});
