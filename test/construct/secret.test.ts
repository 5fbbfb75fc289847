import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { idOf, newStack, refusal, synthesize, templateOf } from './synthesized';
import { AlertManagerConfig, AmpPagerDutyAlerting, RoutingKeys } from '../../src';

const KEYS = ['0123456789abcdef0123456789abcdef', 'fedcba9876543210fedcba9876543210'];
const CONFIG = `
route:
  receiver: on-call
  routes:
    - receiver: database
      matchers: [team="database"]
receivers:
  - name: on-call
    pagerduty_configs:
      - routing_key: ${KEYS[0]}
  - name: database
    pagerduty_configs:
      - routing_key: ${KEYS[1]}
`;

describe('the secret that the construct creates', () => {
  const { stack, alerting, resources } = synthesize();
  const secret = resources[idOf(stack, alerting.routingKeySecret.secretArn)];

  test('is empty, and its template never changes: that would overwrite what a person has put in', () => {
    expect(secret.Properties).toEqual({
      Description: 'PagerDuty routing keys: one key as plain text, or a JSON object that maps names to keys',
    });
  });

  test('is kept when the stack is deleted', () => {
    expect(secret.DeletionPolicy).toBe('RetainExceptOnCreate');
    expect(secret.UpdateReplacePolicy).toBe('Retain');
  });
});

describe('a secret of the user', () => {
  test('is used instead, and may be read by deliver', () => {
    const stack = newStack();
    const secret = new secretsmanager.Secret(stack, 'Mine');
    const { template, alerting } = synthesize({ routingKeys: RoutingKeys.fromSecret(secret) }, stack);

    template.resourceCountIs('AWS::SecretsManager::Secret', 1);
    expect(alerting.routingKeySecret).toBe(secret);
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { ROUTING_KEY_SECRET_ARN: stack.resolve(secret.secretArn) } },
    });
  });

  test('may be imported by its complete ARN: exactly this secret may be read', () => {
    const stack = newStack({ account: '123456789012', region: 'eu-west-1' });
    const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:pagerduty-AbCdEf';
    const secret = secretsmanager.Secret.fromSecretCompleteArn(stack, 'Mine', arn);
    const { template } = synthesize({ routingKeys: RoutingKeys.fromSecret(secret) }, stack);

    template.resourceCountIs('AWS::SecretsManager::Secret', 0);
    expect(JSON.stringify(template.findResources('AWS::IAM::Policy'))).toContain(`"Resource":"${arn}"`);
  });

  test('may be imported by a part of its ARN: the six characters that AWS appends are open, nothing else', () => {
    const stack = newStack({ account: '123456789012', region: 'eu-west-1' });
    const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:pagerduty';
    const secret = secretsmanager.Secret.fromSecretPartialArn(stack, 'Mine', arn);
    const { template } = synthesize({ routingKeys: RoutingKeys.fromSecret(secret) }, stack);

    expect(JSON.stringify(template.findResources('AWS::IAM::Policy'))).toContain(`"Resource":"${arn}-??????"`);
  });

  test.each([
    ['without a key of its own', () => undefined],
    ['with a key of its own', (stack: Stack) => new kms.Key(stack, 'Key')],
  ])('may be in another stack, %s', (_name, encryptionKey) => {
    const app = new App();
    const theirs = new Stack(app, 'Secrets');
    const secret = new secretsmanager.Secret(theirs, 'Mine', { encryptionKey: encryptionKey(theirs) });
    const ours = new Stack(app, 'Stack');
    new AmpPagerDutyAlerting(ours, 'Alerting', { routingKeys: RoutingKeys.fromSecret(secret) });
    app.synth();

    const actions = Object.values(templateOf(ours).template.findResources('AWS::IAM::Policy'));
    expect(JSON.stringify(actions)).toContain('secretsmanager:GetSecretValue');
    expect(JSON.stringify(actions).includes('kms:Decrypt')).toBe(secret.encryptionKey !== undefined);
  });

  test('of another region is refused: deliver would never find it', () => {
    const inEurope = () => newStack({ account: '123456789012', region: 'eu-west-1' });
    const keysOf = (stack: Stack, region: string) => ({
      routingKeys: RoutingKeys.fromSecret(
        secretsmanager.Secret.fromSecretPartialArn(stack, region, `arn:aws:secretsmanager:${region}:123456789012:secret:pagerduty`)),
    });
    const [stack, other] = [inEurope(), inEurope()];
    expect(refusal(keysOf(stack, 'us-east-1'), stack).findings).toMatchObject([{
      code: 'secret-other-region', path: 'routingKeys', message: 'the secret Stack/us-east-1 is in region us-east-1, the relay will be in region eu-west-1',
    }]);
    expect(() => synthesize(keysOf(other, 'eu-west-1'), other)).not.toThrow();
  });

  describe('that a customer-managed key encrypts', () => {
    const KEY_ARN = 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:pagerduty-AbCdEf';
    const createKey = (stack: Stack) => new kms.Key(stack, 'Key');
    const importKey = (stack: Stack) => kms.Key.fromKeyArn(stack, 'Key', KEY_ARN);
    const createSecret = (stack: Stack, encryptionKey: kms.IKey) => new secretsmanager.Secret(stack, 'Mine', { encryptionKey });
    const importSecret = (stack: Stack, encryptionKey: kms.IKey) =>
      secretsmanager.Secret.fromSecretAttributes(stack, 'Mine', { secretCompleteArn: SECRET_ARN, encryptionKey });

    test.each([
      ['secret and key are created', createSecret, createKey],
      ['the key is imported', createSecret, importKey],
      ['the secret is imported', importSecret, createKey],
      ['both are imported', importSecret, importKey],
    ])('may be decrypted by the role of deliver, through Secrets Manager only, when %s', (_name, secretOf, keyOf) => {
      const stack = newStack({ account: '123456789012', region: 'eu-west-1' });
      const key = keyOf(stack);
      const { template } = synthesize({ routingKeys: RoutingKeys.fromSecret(secretOf(stack, key)) }, stack);

      template.hasResourceProperties('AWS::IAM::Policy', {
        PolicyDocument: {
          Statement: Match.arrayWith([{
            Effect: 'Allow',
            Action: 'kms:Decrypt',
            Resource: stack.resolve(key.keyArn) as unknown,
            Condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' } },
          }]),
        },
      });
    });

    test('has the role in the policy of its key, if the key is of the same stack', () => {
      const stack = newStack();
      const { template, alerting } = synthesize({ routingKeys: RoutingKeys.fromSecret(createSecret(stack, createKey(stack))) }, stack);
      template.hasResourceProperties('AWS::KMS::Key', {
        KeyPolicy: {
          Statement: Match.arrayWith([Match.objectLike({
            Action: 'kms:Decrypt', Principal: { AWS: stack.resolve(alerting.relay.deliverFunction.role?.roleArn) as unknown },
          })]),
        },
      });
    });

    test('of another account is warned of, as policies must be changed there', () => {
      const stack = newStack({ account: '210987654321', region: 'eu-west-1' });
      synthesize({ routingKeys: RoutingKeys.fromSecret(importSecret(stack, importKey(stack))) }, stack);
      Annotations.fromStack(stack).hasWarning('/Stack/Alerting', Match.stringLikeRegexp('in account 123456789012[^]*ack: cdk-amp-pagerduty:secret-policy-unchanged:routingKeys\\]'));
    });
  });

  test('of another account is refused without its key: the default key cannot be used across accounts', () => {
    const stack = newStack({ account: '210987654321', region: 'eu-west-1' });
    const secret = secretsmanager.Secret.fromSecretCompleteArn(stack, 'Mine', 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:pagerduty-AbCdEf');
    const { findings } = refusal({ routingKeys: RoutingKeys.fromSecret(secret) }, stack);
    expect(findings).toMatchObject([{ code: 'secret-key-unknown', path: 'routingKeys', fix: expect.stringContaining('fromSecretAttributes') as unknown }]);
  });
});

describe('routing keys in alertmanager.yml', () => {
  const { template } = synthesize({ alertManagerConfig: AlertManagerConfig.fromString(CONFIG) });
  const text = JSON.stringify(template.toJSON());

  test.each(KEYS)('%s is nowhere in the template', (key) => {
    expect(CONFIG).toContain(key);
    expect(text).not.toContain(key);
  });

  test('are names in the secret, which deliver knows', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { ROUTING_KEY_NAMES: JSON.stringify(['on-call', 'database']) } },
    });
  });
});
