import { gzipSync } from 'node:zlib';
import { AlertManagerConfig } from '../../../src/alertmanager/alert-manager-config';
import { DetailsFormat, Incidents } from '../../../src/alertmanager/options';
import type { Translation } from '../../../src/alertmanager/translate/translation';

const KEY = '0123456789abcdef0123456789abcdef';
const CONFIG = `route: {receiver: pager, group_by: [alertname]}
receivers:
- name: pager
  pagerduty_configs: [{routing_key: ${KEY}, description: '{{ template "short" . }}'}]
templates: ['/etc/alertmanager/*.tmpl']
`;
const TEMPLATE = '{{ define "short" }}{{ .CommonLabels.alertname }}{{ end }}\n';

function translate(text: string, file = 'given.yml'): Translation {
  return AlertManagerConfig._fromSource(file, () => Buffer.from(text))._translate({
    scopePath: 'test', topicArn: 'arn:aws:sns:eu-west-1:111122223333:t', region: 'eu-west-1', incidents: Incidents.PER_GROUP, detailsFormat: DetailsFormat.TEXT,
  });
}

const indent = (text: string, spaces: number): string => text.replace(/^(?=.)/gm, ' '.repeat(spaces));
const base64 = (text: string | Buffer): string => Buffer.from(text).toString('base64');
const definition = (config: string): string => `template_files:\n  short.tmpl: |\n${indent(TEMPLATE, 4)}alertmanager_config: |\n${indent(config, 2)}`;
const secret = (place: string, entries: string): string => `apiVersion: v1\nkind: Secret\nmetadata: {name: am}\n${place}:\n${indent(entries, 2)}`;

const FORMS: Array<[string, (config: string) => string]> = [
  ['an AMP definition', definition],
  ['an AMP definition in base64', (config) => base64(definition(config)).replace(/.{76}/g, '$&\n')],
  ['a Secret with stringData', (config) => secret('stringData', `short.tmpl: |\n${indent(TEMPLATE, 2)}alertmanager.yaml: |\n${indent(config, 2)}`)],
  ['a Secret with data', (config) => secret('data', `alertmanager.yaml: ${base64(config)}\nshort.tmpl: ${base64(TEMPLATE)}\n`)],
  ['a compressed Secret', (config) => secret('data', `alertmanager.yaml.gz: ${base64(gzipSync(config))}\nshort.tmpl: ${base64(TEMPLATE)}\n`)],
  ['a Secret behind another resource', (config) => `apiVersion: v1\nkind: Service\n---\n${secret('data', `alertmanager.yml: ${base64(config)}\nshort.tmpl: ${base64(TEMPLATE)}\n`)}`],
];

test.each(FORMS)('%s is read like the alertmanager.yml in it', (_, form) => {
  const { findings, definition: written } = translate(form(CONFIG));
  expect(findings).toEqual([]);
  expect(written).toContain('short');
  expect(written).not.toContain(KEY);
});

test.each(FORMS)('what is wrong in %s is found', (_, form) => {
  expect(translate(form(CONFIG.replace('receiver: pager', 'receiver: nobody'))).findings.map(({ code }) => code)).toEqual(['config-undefined-receiver']);
});

test('findings in a literal block have the lines and columns of the file', () => {
  const text = definition(CONFIG.replace('group_by', 'groupby'));
  const [{ position }] = translate(text).findings;
  expect(position?.file).toBe('given.yml');
  expect(text.split('\n')[(position?.line ?? 0) - 1].slice((position?.column ?? 0) - 1)).toMatch(/^groupby/);
});

test('a template that is not there is a warning', () => {
  expect(translate(definition(CONFIG.replace('*.tmpl', 'other.tmpl'))).findings).toContainEqual(expect.objectContaining({ code: 'template-files-missing' }));
});

test.each([
  ['Helm values', `alertmanager:\n  enabled: true\n  config:\n${indent(CONFIG, 4)}`, 'config-wrapped', 'yq .alertmanager.config'],
  ['Helm values of a chart around it', `stack:\n  alertmanager:\n    config:\n${indent(CONFIG, 6)}`, 'config-wrapped', 'alertmanager.config'],
  ['an AlertmanagerConfig', 'apiVersion: monitoring.coreos.com/v1alpha1\nkind: AlertmanagerConfig\n', 'config-wrapped', 'kubectl get secret'],
  ['a rule file', 'groups: []\n', 'config-wrapped', 'RuleGroups.fromFile'],
  ['a Secret of something else', secret('data', 'password: eA==\n'), 'config-wrapped', 'alertmanager.yaml'],
  ['a definition without text', 'alertmanager_config: {route: {}}\n', 'config-amp-definition', 'alertmanager_config: |'],
])('%s: the finding has the way to the configuration', (_, text, code, fix) => {
  expect(translate(text).findings).toEqual([expect.objectContaining({ code, severity: 'error', fix: expect.stringContaining(fix) as unknown })]);
});

describe('AMP\'s own form of a routing key', () => {
  const arn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:pd-AbCdEf';
  const native = (fields: string): string => `route: {receiver: pager}\nreceivers:\n- name: pager\n  pagerduty_configs:\n  - routing_key: {aws_secrets_manager: {${fields}}}\n`;

  test('is a key with the name of the receiver', () => {
    expect(translate(native(`secret_arn: '${arn}', secret_key: k`)).findings).toEqual([expect.objectContaining({
      code: 'routing-key-native', severity: 'warning', subject: 'pager', fix: expect.stringMatching(/name "pager".*RoutingKeys\.fromSecret/) as unknown,
    })]);
  });

  test.each([['an unknown field', `secret_arn: '${arn}', secret: k`, 'config-unknown-field'], ['no ARN', 'secret_key: k', 'config-missing-field']])('%s is an error', (_, fields, code) => {
    expect(translate(native(fields)).findings.map((finding) => finding.code)).toContain(code);
  });
});
