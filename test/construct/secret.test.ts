import { App, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { idOf, newStack, refusal, synthesise, templateOf } from './synthesised';
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
  const { stack, alerting, resources } = synthesise();
  const secret = resources[idOf(stack, alerting.routingKeySecret.secretArn)];

  test('is empty, and its template never changes: that would overwrite what a person has put in', () => {
    expect(secret.Properties).toEqual({
      Description: 'PagerDuty routing keys: one key as plain text, or a JSON object with a key for each name',
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
    const { template, alerting } = synthesise({ routingKeys: RoutingKeys.fromSecret(secret) }, stack);

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
    const { template } = synthesise({ routingKeys: RoutingKeys.fromSecret(secret) }, stack);

    template.resourceCountIs('AWS::SecretsManager::Secret', 0);
    expect(JSON.stringify(template.findResources('AWS::IAM::Policy'))).toContain(`"Resource":"${arn}"`);
  });

  test('may be imported by a part of its ARN: the six characters that AWS appends are open, nothing else', () => {
    const stack = newStack({ account: '123456789012', region: 'eu-west-1' });
    const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:pagerduty';
    const secret = secretsmanager.Secret.fromSecretPartialArn(stack, 'Mine', arn);
    const { template } = synthesise({ routingKeys: RoutingKeys.fromSecret(secret) }, stack);

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
        secretsmanager.Secret.fromSecretPartialArn(stack, region, `arn:aws:secretsmanager:${region}:210987654321:secret:pagerduty`)),
    });
    const [stack, other] = [inEurope(), inEurope()];
    expect(refusal(keysOf(stack, 'us-east-1'), stack).findings).toMatchObject([{
      code: 'secret-other-region', path: 'routingKeys', message: 'the secret Stack/us-east-1 is in region us-east-1, the relay will be in region eu-west-1',
    }]);
    expect(() => synthesise(keysOf(other, 'eu-west-1'), other)).not.toThrow();
  });

  test('is decrypted with its key', () => {
    const stack = newStack();
    const secret = new secretsmanager.Secret(stack, 'Mine', { encryptionKey: new kms.Key(stack, 'Key') });
    const { template } = synthesise({ routingKeys: RoutingKeys.fromSecret(secret) }, stack);
    expect(JSON.stringify(template.toJSON())).toContain('kms:Decrypt');
  });
});

describe('routing keys in alertmanager.yml', () => {
  const { template } = synthesise({ alertManagerConfig: AlertManagerConfig.fromString(CONFIG) });
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
