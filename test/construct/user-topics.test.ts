import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { newStack, refusal, synthesize } from './synthesized';
import { AlertManagerConfig } from '../../src';

const ENV = { account: '123456789012', region: 'eu-west-1' };

function configWith(topicArn: string): AlertManagerConfig {
  return AlertManagerConfig.fromString(JSON.stringify({
    route: { receiver: 'both' },
    receivers: [{ name: 'both', pagerduty_configs: [{ routing_key: 'k' }], sns_configs: [{ topic_arn: topicArn, sigv4: {} }] }],
  }));
}

const topicIn = (region: string, account = ENV.account): string => `arn:aws:sns:${region}:${account}:mine`;

test.each([undefined, ENV])('a topic of the user is part of the definition, beside that of the construct (%j)', (env) => {
  const { template, stack } = synthesize({ alertManagerConfig: configWith(topicIn('eu-west-1')), heartbeat: false }, newStack(env));
  const [workspace] = Object.values(template.findResources('AWS::APS::Workspace'));
  const definition = JSON.stringify(workspace.Properties.AlertManagerDefinition);
  expect(definition.match(/topic_arn: /g)).toHaveLength(2);
  expect(definition).toContain(topicIn('eu-west-1'));
  expect(definition).not.toContain('${Token[');
  const warnings = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('ack: cdk-amp-pagerduty:sns-'));
  expect(warnings.map(({ entry }) => /ack: cdk-amp-pagerduty:(sns-[^\]]+)\]/.exec(String(entry.data))?.[1])).toEqual([`sns-topic-policy:${topicIn('eu-west-1')}`]);
});

test('a topic of another region than the stack is warned of', () => {
  const { stack } = synthesize({ alertManagerConfig: configWith(topicIn('us-east-1')) }, newStack(ENV));
  Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('in region us-east-1.*in region eu-west-1[^]*ack: cdk-amp-pagerduty:sns-topic-other-region:arn:aws:sns:us-east-1:'));
});

test('a topic of another account than the stack is refused', () => {
  const { findings } = refusal({ alertManagerConfig: configWith(topicIn('eu-west-1', '210987654321')) }, newStack(ENV));
  expect(findings.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual(['sns-topic-other-account']);
});
