import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { newStack, refusal, synthesize } from './synthesized';
import { AlertingWorkspace, AlertManagerConfig, AmpPagerDutyAlerting, Delivery, RuleGroups, UnsupportedReceivers } from '../../src';
import { FINDING_CODES } from '../../src/findings/codes';

const RECEIVERS = 'receivers: [{name: on-call, pagerduty_configs: [{routing_key: k}]}]';
const SOUND = `route: {receiver: on-call}\n${RECEIVERS}`;
const RULES = 'groups: [{name: nodes, rules: [{alert: Down, expr: up == 0}]}]';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bad-input-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('a configuration', () => {
  test('that is sound is accepted', () => {
    const alertManagerConfig = AlertManagerConfig.fromFile(file('alertmanager.yml', SOUND));
    expect(() => synthesize({ alertManagerConfig })).not.toThrow();
  });

  test('whose file is missing is refused by its path', () => {
    const path = join(folder, 'missing.yml');
    const error = refusal({ alertManagerConfig: AlertManagerConfig.fromFile(path) });
    expect(error.code).toBe('config-file-missing');
    expect(error.message).toContain(path);
  });

  test.each([
    ['is not YAML', 'route: {receiver: on-call\nreceivers: [', 1],
    ['has an unknown field', `${SOUND}\nroutes: []`, 3],
    ['has an unknown field of PagerDuty', 'route: {receiver: on-call}\nreceivers:\n  - name: on-call\n    pagerduty_configs:\n      - routing_key: k\n        dedup_key: k', 6],
    ['has a route to a receiver that does not exist', `route: {receiver: nobody}\n${RECEIVERS}`, 1],
    ['has two receivers of one name', 'route: {receiver: on-call}\nreceivers:\n  - name: on-call\n  - name: on-call', 4],
    ['has no route', RECEIVERS, 1],
  ])('that %s is refused at its place', (_what, text, line) => {
    const path = file('alertmanager.yml', text);
    const { findings, message } = refusal({ alertManagerConfig: AlertManagerConfig.fromFile(path) });
    expect(findings.some(({ position }) => position?.file === path && position.line === line)).toBe(true);
    expect(message).toContain(`${path}:${line}:`);
  });

  test('with a receiver that AMP does not have is refused, and named', () => {
    const text = `${SOUND}\n`.replace('receivers: [', 'receivers: [{name: chat, opsgenie_configs: [{api_key: a}]}, ');
    expect(refusal({ alertManagerConfig: AlertManagerConfig.fromString(text) }).message).toContain('opsgenie_configs');
  });
});

describe('rules', () => {
  test('that are sound are accepted', () => {
    expect(() => synthesize({ rules: [RuleGroups.fromFile(file('rules.yml', RULES))] })).not.toThrow();
  });

  test('whose file is missing are refused by its path', () => {
    const path = join(folder, 'missing.yml');
    expect(refusal({ rules: [RuleGroups.fromFile(path)] }).message).toContain(path);
  });

  test.each([
    ['are an alertmanager.yml', SOUND],
    ['are not YAML', 'groups: [{'],
    ['are a text', 'up == 0'],
    ['have no PromQL', 'groups: [{name: nodes, rules: [{alert: Down, expr: "up =="}]}]'],
  ])('that %s are refused at their place', (_what, text) => {
    const path = file('rules.yml', text);
    const { findings, message } = refusal({ rules: [RuleGroups.fromFile(path)] });
    expect(findings.some(({ position }) => position?.file === path)).toBe(true);
    expect(message).toContain(`${path}:`);
  });

  test('of one namespace are refused', () => {
    const rules = ['first', 'second'].map(() => RuleGroups.fromString(RULES, { namespace: 'nodes' }));
    const error = refusal({ rules });
    expect(error.code).toBe('namespace-duplicate');
    expect(error.message).toContain('2 rule groups have the namespace "nodes"');
  });
});

test('everything that is wrong is told at once, with the path of the construct, and before anything is created', () => {
  const stack = newStack();
  const error = refusal({
    alertManagerConfig: AlertManagerConfig.fromFile(file('alertmanager.yml', `route: {receiver: nobody}\n${RECEIVERS}`)),
    rules: [RuleGroups.fromFile(file('rules.yml', 'groups: [{name: nodes, rules: [{alert: Down, expr: "up =="}]}]')), RuleGroups.fromFile(join(folder, 'missing.yml'))],
    delivery: Delivery.relay({ memorySize: 1, maxConcurrency: 1 }),
    workspace: AlertingWorkspace.create({ alias: '' }),
  }, stack);

  expect(error.name).toBe('AmpPagerDutyError');
  expect(error.message).toMatch(/^Stack\/Alerting: 6 errors in the alerting configuration\n/);
  expect(error.findings.map(({ code }) => code)).toEqual(expect.arrayContaining(['max-concurrency-invalid', 'memory-size-invalid', 'workspace-alias-invalid']));
  expect(error.findings.filter(({ position }) => position !== undefined)).toHaveLength(3);
  expect(stack.node.findAll().map((node) => node.node.path)).toEqual(['Stack', 'Stack/Alerting']);
});

test('findings are documented, and told as a person expects', () => {
  const { findings } = refusal({ delivery: Delivery.relay({ memorySize: 1, maxConcurrency: 1 }), workspace: AlertingWorkspace.create({ alias: '' }) });
  for (const { code, message, fix } of findings) {
    expect(FINDING_CODES).toHaveProperty(code);
    expect(message).toMatch(/^[a-z].*[^.]$/);
    expect(fix).toMatch(/^[a-z].*[^.]$/);
  }
});

describe('a warning', () => {
  const path = () => file('alertmanager.yml', `${SOUND}\n`.replace('receivers: [', 'receivers: [{name: chat, opsgenie_configs: [{api_key: a}]}, '));
  const withWarning = (stack: Stack, config: string) => new AmpPagerDutyAlerting(stack, 'Alerting', {
    alertManagerConfig: AlertManagerConfig.fromFile(config, { unsupportedReceivers: UnsupportedReceivers.WARN }),
  });

  test('has an id to acknowledge it by, and says where its cause is', () => {
    const stack = newStack();
    const config = path();
    withWarning(stack, config);
    Annotations.fromStack(stack).hasWarning('/Stack/Alerting', Match.stringLikeRegexp('\\[ack: cdk-amp-pagerduty:[a-z-]+:[^\\]]+\\]'));
    Annotations.fromStack(stack).hasWarning('/Stack/Alerting', Match.stringLikeRegexp(`^${config}:2:\\d+ [a-z]`));
  });

  test('says neither its severity nor its code, which the CDK prints as well', () => {
    const stack = newStack();
    withWarning(stack, path());
    const [{ entry }] = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('opsgenie_configs'));
    expect(String(entry.data).split('\n')[0]).toMatch(/^[^ ]+:2:\d+ opsgenie_configs of receiver "chat" .* \(receivers\[0\]\.opsgenie_configs\)$/);
    expect(String(entry.data)).not.toMatch(/warning/);
    expect(String(entry.data)).toMatch(/docs\/findings\.md#integration-dropped \[ack: cdk-amp-pagerduty:integration-dropped:chat\/opsgenie_configs\]$/);
  });
});
