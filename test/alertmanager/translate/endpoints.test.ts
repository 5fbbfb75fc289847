import { configWith, headsOf, told, translateText } from './support';
import { PagerDutyRegion } from '../../../src/relay/pagerduty-region';

const US = 'https://events.pagerduty.com/v2/enqueue';
const EU = 'https://events.eu.pagerduty.com/v2/enqueue';
const OTHER = 'https://pages.example.com/v2/enqueue';

const pages = (name: string, config: object = {}): object => ({ name, pagerduty_configs: [{ routing_key: name, ...config }] });

function withGlobal(url: string, ...receivers: object[]): string {
  return JSON.stringify({ ...JSON.parse(configWith(...receivers)), global: { pagerduty_url: url } });
}

test.each([
  ['https://events.pagerduty.com/v2/change/enqueue', ['error pagerduty-url-path receivers[0].pagerduty_configs[0].url']],
  ['https://events.eu.pagerduty.com/generic/create_event.json', ['warning pagerduty-url-path receivers[0].pagerduty_configs[0].url']],
  [`${US}/`, []], ['https://events.pagerduty.com', []],
])('the path of %s: %j', (url, findings) => {
  expect(told(translateText(configWith(pages('a', { url }))))).toEqual(findings);
});

describe('without the prop', () => {
  test('everything goes to the US', () => {
    const translation = translateText(configWith(pages('a')));
    expect(translation).toMatchObject({ defaultEndpoint: 'us', endpoints: { us: US, eu: EU }, findings: [] });
    expect(headsOf(translation, 'a')[0].endpoint).toBeUndefined();
  });

  test('global.pagerduty_url decides, and the url of an entry before it', () => {
    const translation = translateText(withGlobal(EU, pages('a'), pages('b'), pages('c', { url: US })));
    expect(translation).toMatchObject({ defaultEndpoint: 'eu', findings: [] });
    expect(headsOf(translation, 'a')[0].endpoint).toBeUndefined();
    expect(headsOf(translation, 'c')[0].endpoint).toBe('us');
  });

  test('the region that most entries ask for is the default', () => {
    const translation = translateText(configWith(pages('a'), pages('b', { url: EU }), pages('c', { url: `${EU}/` })));
    expect(translation).toMatchObject({ defaultEndpoint: 'eu', findings: [] });
    expect(headsOf(translation, 'a')[0].endpoint).toBe('us');
    expect(translateText(configWith(pages('a'), pages('b', { url: EU }))).defaultEndpoint).toBe('us');
  });

  test('paths of the v1 API are PagerDuty\'s as well; a v1 key knows the US only', () => {
    const generic = 'https://events.pagerduty.com/generic/2010-04-15/create_event.json';
    const text = withGlobal(generic, pages('a', { url: EU }), { name: 'b', pagerduty_configs: [{ service_key: 'k', url: OTHER }] }, pages('c', { url: EU }));
    const translation = translateText(text);
    expect(told(translation)).toEqual(['warning service-key receivers[1].pagerduty_configs[0].service_key']);
    expect(headsOf(translation, 'b')[0].endpoint).toBe('us');
  });

  test('another host is an error that names the host only', () => {
    const translation = translateText(withGlobal(OTHER, pages('a'), pages('b', { url: 'https://pd.example.com/integration/secret-key/enqueue' })));
    expect(told(translation)).toEqual([
      'error pagerduty-url-unknown-host global.pagerduty_url',
      'error pagerduty-url-unknown-host receivers[1].pagerduty_configs[0].url',
    ]);
    expect(JSON.stringify(translation.findings)).not.toContain('secret-key');
  });

  test('a global URL that no entry uses does not matter', () => {
    expect(told(translateText(withGlobal(OTHER, pages('a', { url: EU }))))).toEqual([]);
  });
});

describe('with the prop', () => {
  test('it is the default, and replaces global.pagerduty_url with a warning', () => {
    const translation = translateText(withGlobal(US, pages('a'), pages('b', { url: US })), { pagerDutyRegion: PagerDutyRegion.EU });
    expect(translation.defaultEndpoint).toBe('eu');
    expect(told(translation)).toEqual([
      'warning pagerduty-region-conflict global.pagerduty_url',
      'warning pagerduty-region-conflict receivers[1].pagerduty_configs[0].url',
    ]);
    expect(headsOf(translation, 'a')[0].endpoint).toBeUndefined();
    expect(headsOf(translation, 'b')[0].endpoint).toBe('us');
  });

  test('that agrees with the file, nothing is said', () => {
    expect(told(translateText(withGlobal(EU, pages('a'), pages('b', { url: EU })), { pagerDutyRegion: PagerDutyRegion.EU }))).toEqual([]);
  });

  test('a custom endpoint takes what is not PagerDuty\'s', () => {
    const text = configWith(pages('a'), pages('b', { url: 'http://localhost:8080/x' }), pages('c', { url: US }));
    const translation = translateText(text, { pagerDutyRegion: PagerDutyRegion.endpoint(OTHER) });
    expect(translation).toMatchObject({ defaultEndpoint: 'custom', endpoints: { us: US, eu: EU, custom: OTHER } });
    expect(['a', 'b', 'c'].map((name) => headsOf(translation, name)[0].endpoint)).toEqual([undefined, undefined, 'us']);
    expect(told(translation)).toEqual(['warning pagerduty-region-conflict receivers[2].pagerduty_configs[0].url']);
  });

  test('another host is an error as long as the prop is one of PagerDuty\'s regions', () => {
    expect(told(translateText(configWith(pages('a', { url: OTHER })), { pagerDutyRegion: PagerDutyRegion.US })))
      .toEqual(['error pagerduty-url-unknown-host receivers[0].pagerduty_configs[0].url']);
  });
});
