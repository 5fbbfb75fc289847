import { configOf, configWith, headsOf, told, translateText, withCalls } from './support';
import { OwnTemplates } from '../../../src/alertmanager/translate/own-templates';
import { DEFAULT_QUOTAS } from '../../../src/amp/read-quotas';
import { amtoolComplaint, unpackDefinition } from '../../message/support/alertmanager';

const KEY = '0123456789abcdef0123456789abcdef';

describe('the templates of messages', () => {
  test('are written once for all routes of a receiver: 98 routes with 12 details of 1 KB stay under 100 kB', () => {
    const details = Object.fromEntries(Array.from({ length: 12 }, (_, index) =>
      [`d${index}`, `{{ .CommonLabels.a${index} }} some text `.repeat(34).slice(0, 1020)]));
    const text = JSON.stringify({
      route: { receiver: 'pager', group_by: ['alertname'], routes: Array.from({ length: 98 }, (_, index) => ({ receiver: 'pager', matchers: [`team="t${index}"`] })) },
      receivers: [{ name: 'pager', pagerduty_configs: [{ routing_key: KEY, details }] }],
    });
    const translation = translateText(text);
    expect(told(translation)).toEqual([]);
    expect(Buffer.byteLength(translation.definition)).toBeLessThan(100_000);
    const unpacked = unpackDefinition(translation.definition);
    expect(unpacked.templates['cdk-amp-pagerduty.tmpl'].split('["details","d0"]')).toHaveLength(2);
    expect(amtoolComplaint(unpacked)).toBeUndefined();
  });

  test('stay in the message where a field defines templates itself', () => {
    const translation = translateText(configWith({
      name: 'a', pagerduty_configs: [{ routing_key: KEY, class: '{{ define "own" }}x{{ end }}{{ template "own" }}', severity: '{{ block "b" . }}info{{ end }}', group: '{{ .Status }}' }],
    }));
    const [{ message, attributes }] = configOf(translation).receivers[0].sns_configs ?? [];
    const file = unpackDefinition(translation.definition).templates['cdk-amp-pagerduty.tmpl'];
    expect(message).toContain(' text ["class"]\n{{ define "own" }}x{{ end }}{{ template "own" }}\n');
    expect(message).toContain(' text ["severity"]\n{{ block "b" . }}info{{ end }}\n');
    expect(attributes.severity).toBe('{{ block "b" . }}info{{ end }}');
    expect(file).not.toMatch(/"own"|block/);
    expect(file).toContain(' text ["group"]\n{{ .Status }}\n');
    expect(message.endsWith(' end')).toBe(true);
  });

  test('have names that no template and no file of the user has', () => {
    const user = '{{ define "cdk-amp-pagerduty.head" }}x{{ end }}{{ define "cdk-amp-pagerduty-2.a" }}y{{ end }}';
    const templates = new OwnTemplates([{ name: 'cdk-amp-pagerduty.tmpl', path: 'x', text: user }], ['{{ define "cdk-amp-pagerduty-3.z" }}{{ end }}']);
    expect(templates.define('head', () => 'mine')).toBe('{{ template "cdk-amp-pagerduty-4.head" . }}');
    expect(templates.file()).toMatchObject({ name: 'cdk-amp-pagerduty-2.tmpl', text: '{{ define "cdk-amp-pagerduty-4.head" }}mine{{ end }}\n' });
  });

  test('are none without messages', () => {
    const translation = translateText(configWith({ name: 'nobody' }));
    expect(unpackDefinition(translation.definition).templates).toEqual({});
    expect(configOf(translation).templates).toBeUndefined();
  });

  test('can be called by any name that a receiver may have', () => {
    const name = 'a "b" \\ {{ é\n☎ }}.0';
    const translation = translateText(configWith({ name, pagerduty_configs: [{ routing_key: KEY, severity: '{{ .Status }}' }] }));
    expect(amtoolComplaint(unpackDefinition(translation.definition))).toBeUndefined();
    const [{ message, attributes }] = configOf(translation).receivers[0].sns_configs ?? [];
    expect(withCalls(message, translation)).toContain(' text ["description"]\n');
    expect(withCalls(attributes.severity, translation)).toBe('{{ with .Status }}{{ . }}{{ else }}unknown{{ end }}');
    expect(headsOf(translation, configOf(translation).receivers[0].name)).toMatchObject([{ receiver: name }]);
  });
});

test('the file of the messages counts for the quota of templates', () => {
  const text = configWith({ name: 'a', pagerduty_configs: [{ routing_key: KEY }] });
  const quotas = { ...DEFAULT_QUOTAS, templates: 1 };
  expect(told(translateText(text, { quotas }))).toEqual([]);
  expect(told(translateText(text, { quotas: { ...quotas, templates: 0 } }))).toEqual(['error amp-too-many-templates templates']);
});
