import { Annotations as CdkAnnotations, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { newStack } from './synthesized';
import { AlertManagerConfig, AmpPagerDutyAlerting, RuleGroups, UnsupportedReceivers } from '../../src';
import { warningId } from '../../src/findings/annotate';
import { MAX_FINDINGS_PER_FILE } from '../../src/findings/format';

const CHAT = 'cdk-amp-pagerduty:integration-dropped:chat/msteams_configs';
const HOOK = 'cdk-amp-pagerduty:integration-dropped:hook/msteams_configs';

function alertingWith(stack: Stack, id: string, receivers: string): AmpPagerDutyAlerting {
  const names = [...receivers.matchAll(/name: (\w+)/g)].map(([, name]) => name);
  return new AmpPagerDutyAlerting(stack, id, {
    alertManagerConfig: AlertManagerConfig.fromString(`
route: {receiver: pager, routes: [${names.map((name) => `{receiver: ${name}, matchers: ['team=${name}']}`).join(', ')}]}
receivers:
- {name: pager, pagerduty_configs: [{routing_key: k}]}
${receivers}`, { unsupportedReceivers: UnsupportedReceivers.WARN }),
  });
}

const CHAT_RECEIVER = "- {name: chat, msteams_configs: [{webhook_url: 'https://chat.example.com/x'}]}\n";
const HOOK_RECEIVER = "- {name: hook, msteams_configs: [{webhook_url: 'https://hook.example.com/x'}]}\n";

/** The ids of the warnings, by the path of their construct. */
function idsIn(stack: Stack): string[] {
  return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('integration-dropped'))
    .map(({ id, entry }) => `${id} ${/\[ack: (.*)\]$/.exec(String(entry.data))?.[1]}`).sort();
}

describe('acknowledging the warning about one receiver', () => {
  test('does not silence the next', () => {
    const stack = newStack();
    const alerting = alertingWith(stack, 'Alerting', CHAT_RECEIVER + HOOK_RECEIVER);
    CdkAnnotations.of(alerting).acknowledgeWarning(CHAT);
    expect(idsIn(stack)).toEqual([`/Stack/Alerting ${HOOK}`]);
  });

  test('does not silence another list of the same receiver, which was added later', () => {
    const stack = newStack();
    const alerting = alertingWith(stack, 'Alerting', CHAT_RECEIVER.replace('msteams_configs', 'kafka_configs: [{topic: alerts}], msteams_configs'));
    expect(idsIn(stack)).toHaveLength(2);
    CdkAnnotations.of(alerting).acknowledgeWarning(CHAT);
    expect(idsIn(stack)).toEqual(['/Stack/Alerting cdk-amp-pagerduty:integration-dropped:chat/kafka_configs']);
  });

  test('holds when receivers before it come and go', () => {
    const stack = newStack();
    CdkAnnotations.of(alertingWith(stack, 'Alerting', HOOK_RECEIVER + CHAT_RECEIVER)).acknowledgeWarning(CHAT);
    expect(idsIn(stack)).toEqual([`/Stack/Alerting ${HOOK}`]);
  });

  test('of one construct does not silence the other construct of the stack', () => {
    const stack = newStack();
    CdkAnnotations.of(alertingWith(stack, 'One', CHAT_RECEIVER)).acknowledgeWarning(CHAT);
    alertingWith(stack, 'Two', CHAT_RECEIVER);
    expect(idsIn(stack)).toEqual([`/Stack/Two ${CHAT}`]);
  });

  test('on the stack silences it in both constructs, whether they exist already or not', () => {
    const stack = newStack();
    alertingWith(stack, 'One', CHAT_RECEIVER);
    CdkAnnotations.of(stack).acknowledgeWarning(CHAT);
    alertingWith(stack, 'Two', CHAT_RECEIVER + HOOK_RECEIVER);
    expect(idsIn(stack)).toEqual([`/Stack/Two ${HOOK}`]);
  });
});

test('a file with more warnings than are listed has one more warning, which counts the rest', () => {
  const stack = newStack();
  const rules = Array.from({ length: MAX_FINDINGS_PER_FILE + 5 }, (_, index) => `{alert: A${index}, expr: foo > 5m}`);
  new AmpPagerDutyAlerting(stack, 'Alerting', { rules: [RuleGroups.fromString(`groups: [{name: g, rules: [${rules.join(', ')}]}]\n`)] });
  const data = stack.node.findChild('Alerting').node.metadata.filter(({ type }) => type === 'aws:cdk:warning').map((entry) => String(entry.data));
  expect(data.filter((text) => text.includes('promql-version:A'))).toHaveLength(MAX_FINDINGS_PER_FILE);
  expect(data.filter((text) => text.includes('5 more findings are not listed'))).toEqual([expect.stringContaining('[ack: cdk-amp-pagerduty:findings-not-listed')]);
});

test.each([
  ['chat/msteams_configs', 'cdk-amp-pagerduty:integration-dropped:chat/msteams_configs'],
  ['team a/b: c', 'cdk-amp-pagerduty:integration-dropped:team a/b: c'],
  ['two\nlines ]', 'cdk-amp-pagerduty:integration-dropped:two lines'],
  [' ', 'cdk-amp-pagerduty:integration-dropped'],
  [undefined, 'cdk-amp-pagerduty:integration-dropped'],
])('the id of a warning about %j is %s', (subject, id) => {
  expect(warningId({ code: 'integration-dropped', subject })).toBe(id);
});
