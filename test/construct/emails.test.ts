import { Lazy, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { refusal, synthesize } from './synthesized';
import { AlertManagerConfig, Emails } from '../../src';

const MAILS = AlertManagerConfig.fromString(JSON.stringify({
  global: { smtp_smarthost: 'mail.example.com:587', smtp_from: 'Alerts <alerts@example.com>', smtp_auth_username: 'u', smtp_auth_password: 'passw0rd' },
  route: { receiver: 'a' },
  receivers: [{ name: 'a', email_configs: [{ to: 'team@example.org' }] }],
}));

type Statement = { readonly Action: unknown; readonly Resource: unknown };

function mailStatements({ resources }: ReturnType<typeof synthesize>): Statement[] {
  return Object.values(resources).filter(({ Type: type }) => type === 'AWS::IAM::Policy')
    .flatMap(({ Properties: properties }) => (properties?.PolicyDocument as { readonly Statement: Statement[] }).Statement)
    .filter((statement) => JSON.stringify(statement.Action).includes('ses:'));
}

function environmentOf({ alerting, stack, template }: ReturnType<typeof synthesize>): Record<string, unknown> {
  const id = stack.getLogicalId(alerting.relay.notifyFunction?.node.defaultChild as Parameters<typeof stack.getLogicalId>[0]);
  type DeployedFunction = { readonly Properties: { readonly Environment: { readonly Variables: Record<string, unknown> } } };
  const { Resources: resources } = template.toJSON() as { Resources: Record<string, DeployedFunction> };
  return resources[id].Properties.Environment.Variables;
}

function warningsOf(stack: Stack): string[] {
  return Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data));
}

test.each([['by default', {}], ['if chosen', { emails: Emails.throughSmarthost() }]])('%s, mails go through the smarthost, without a permission of SES', (_, props) => {
  const synthesized = synthesize({ alertManagerConfig: MAILS, ...props });
  expect(mailStatements(synthesized)).toEqual([]);
  expect(environmentOf(synthesized)).not.toHaveProperty('SES_REGION');
  expect(JSON.stringify(synthesized.resources)).toContain('mail.example.com');
  expect(JSON.stringify(synthesized.resources)).not.toContain('passw0rd');
});

test('through SES, the function can send from the identity with the configuration set, and from nothing else', () => {
  const synthesized = synthesize({
    alertManagerConfig: MAILS, emails: Emails.throughSes({ identity: 'example.com', configurationSet: 'alerts', region: 'eu-central-1' }),
  });
  const arnOf = (resource: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ses:eu-central-1:', { Ref: 'AWS::AccountId' }, `:${resource}`]] });
  expect(mailStatements(synthesized)).toEqual([{
    Effect: 'Allow', Action: ['ses:SendEmail', 'ses:SendRawEmail'], Resource: [arnOf('identity/example.com'), arnOf('configuration-set/alerts')],
  }]);
  expect(environmentOf(synthesized)).toMatchObject({ SES_REGION: 'eu-central-1', SES_CONFIGURATION_SET: 'alerts' });
  expect(JSON.stringify(synthesized.resources)).not.toContain('mail.example.com');
});

test('without further settings, it is the Region of the stack', () => {
  const synthesized = synthesize({ alertManagerConfig: MAILS, emails: Emails.throughSes({ identity: 'alerts@example.com' }) });
  expect(environmentOf(synthesized).SES_REGION).toEqual({ Ref: 'AWS::Region' });
  expect(environmentOf(synthesized)).not.toHaveProperty('SES_CONFIGURATION_SET');
  expect(mailStatements(synthesized)).toHaveLength(1);
});

test.each([
  [{ identity: 'arn:aws:ses:eu-west-1:123456789012:identity/example.com' }, 'emails-identity-invalid'],
  [{ identity: 'a@b@c' }, 'emails-identity-invalid'],
  [{ identity: 'example.com', configurationSet: 'a b' }, 'emails-configuration-set-invalid'],
  [{ identity: 'example.com', region: 'Ireland' }, 'emails-region-invalid'],
])('%j is refused', (options, code) => {
  expect(refusal({ alertManagerConfig: MAILS, emails: Emails.throughSes(options) }).findings.map((finding) => finding.code)).toContain(code);
});

test.each([['example.com', 0], ['alerts@example.com', 0], ['EXAMPLE.com', 0], ['other.com', 1], ['b@example.com', 1], ['ample.com', 1]])('an identity %s has %d warnings about the sender', (identity, count) => {
  const { stack } = synthesize({ alertManagerConfig: MAILS, emails: Emails.throughSes({ identity }) });
  expect(warningsOf(stack).filter((text) => text.includes('email-sender-not-verified'))).toHaveLength(count);
});

test('an identity that is known at deployment has none', () => {
  const { stack } = synthesize({ alertManagerConfig: MAILS, emails: Emails.throughSes({ identity: Lazy.string({ produce: () => 'x.com' }) }) });
  expect(warningsOf(stack).filter((text) => text.includes('email-'))).toEqual([]);
});
