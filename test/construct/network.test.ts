import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import { circleIn } from './dependency-graph';
import { idOf, newStack, refusal, synthesize } from './synthesized';
import { AlertingWorkspace, AlertManagerConfig, Delivery, RelayOptions } from '../../src';
import { NotifyEnvironment } from '../../src/contract/environment';

const relay = (options: RelayOptions) => ({ delivery: Delivery.relay(options) });

const WEBHOOK = AlertManagerConfig.fromString(
  '{route: {receiver: a}, receivers: [{name: a, webhook_configs: [{url: "https://hooks.example.com/x"}]}]}');

/** A VPC with the subnets of the user. */
function inVpc(more: (vpc: ec2.IVpc) => RelayOptions = () => ({})) {
  const stack = newStack();
  const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 });
  return { vpc, ...synthesize(relay({ vpc, ...more(vpc) }), stack) };
}

describe('a VPC', () => {
  test('is where both functions run, with a role that may have network interfaces', () => {
    const { vpc, stack, alerting, resources } = inVpc();
    for (const fn of [alerting.relay.receiveFunction, alerting.relay.deliverFunction]) {
      expect(resources[idOf(stack, fn.functionArn)].Properties?.VpcConfig).toMatchObject({
        SubnetIds: vpc.privateSubnets.map(({ subnetId }) => stack.resolve(subnetId) as unknown),
      });
    }
    const policies = Object.values(resources)
      .filter(({ Type, Properties }) => Type === 'AWS::IAM::Policy' && JSON.stringify(Properties).includes('ec2:CreateNetworkInterface'));
    expect(policies).toHaveLength(2);
    expect(circleIn(resources)).toBeUndefined();
  });

  test('takes the subnets and security groups of the user', () => {
    const { vpc, stack, alerting, resources } = inVpc((own) => ({
      subnets: { subnets: [own.privateSubnets[0]] },
      securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(own, 'Group', 'sg-12345678')],
    }));
    expect(resources[idOf(stack, alerting.relay.deliverFunction.functionArn)].Properties?.VpcConfig).toEqual({
      SubnetIds: [stack.resolve(vpc.privateSubnets[0].subnetId)], SecurityGroupIds: ['sg-12345678'],
    });
  });

  test.each<[string, RelayOptions]>([
    ['subnets', { subnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS } }],
    ['securityGroups', { securityGroups: [] }],
    ['notify.vpcSubnets', { notify: { vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS } } }],
    ['notify.securityGroups', { notify: { securityGroups: [] } }],
  ])('must be there for %s', (prop, options) => {
    expect(refusal(relay(options)).findings).toMatchObject([{ code: 'network-invalid', path: `delivery.${prop}` }]);
  });

  test('is absent by default', () => {
    const { resources } = synthesize();
    expect(JSON.stringify(resources)).not.toMatch(/VpcConfig|ec2:/);
  });
});

describe('a proxy', () => {
  test('is in the environment of deliver as Node.js reads it, and not used for AWS', () => {
    const { stack, alerting, resources } = synthesize(relay({ httpsProxy: 'http://proxy.example.com:3128' }));
    const variablesOf = (arn: string) => (resources[idOf(stack, arn)].Properties?.Environment as { Variables: object }).Variables;
    expect(variablesOf(alerting.relay.deliverFunction.functionArn)).toMatchObject({
      NODE_USE_ENV_PROXY: '1', HTTPS_PROXY: 'http://proxy.example.com:3128', NO_PROXY: { 'Fn::Join': ['', ['.', { Ref: 'AWS::URLSuffix' }]] },
    });
    expect(variablesOf(alerting.relay.receiveFunction.functionArn)).not.toHaveProperty('HTTPS_PROXY');
  });

  test.each<[RelayOptions, string | undefined]>([
    [{ notify: { httpsProxy: 'http://proxy.example.com:3128' } }, 'http://proxy.example.com:3128'],
    [{ httpsProxy: 'http://proxy.example.com:3128' }, undefined],
  ])('of the notify function is its own: %j', (options, proxy) => {
    const { resources } = synthesize({ ...relay(options), alertManagerConfig: WEBHOOK });
    const environments = Object.values(resources)
      .map(({ Properties }) => Properties?.Environment as { Variables: Record<string, unknown> } | undefined);
    const variables = environments.find((each) => each !== undefined && NotifyEnvironment.ADDRESS_PERMISSIONS in each.Variables)?.Variables;
    expect(variables).toBeDefined();
    expect([variables?.HTTPS_PROXY, variables?.NODE_USE_ENV_PROXY]).toEqual([proxy, proxy && '1']);
  });

  test.each(['proxy.example.com', 'socks5://proxy:1', 'http://user:hunter2@proxy.example.com', ''])('must not be %j, which is not repeated', (httpsProxy) => {
    const error = refusal(relay({ httpsProxy, notify: { httpsProxy } }));
    expect(error.findings).toMatchObject(['delivery.httpsProxy', 'delivery.notify.httpsProxy'].map((path) => ({ code: 'network-invalid', path })));
    expect(error.message).not.toContain('hunter2');
  });
});

test('a customer-managed key encrypts every log group, and CloudWatch Logs may use it', () => {
  const stack = newStack();
  const key = new kms.Key(stack, 'Key');
  const { template, resources } = synthesize({ ...relay({ encryptionKey: key }), alertManagerConfig: WEBHOOK }, stack);
  template.resourceCountIs('AWS::Logs::LogGroup', 4);
  template.allResourcesProperties('AWS::Logs::LogGroup', { KmsKeyId: stack.resolve(key.keyArn) as unknown });
  const [policy] = Object.values(resources).filter(({ Type }) => Type === 'AWS::KMS::Key').map(({ Properties }) => JSON.stringify(Properties?.KeyPolicy));
  expect(policy).toContain('kms:EncryptionContext:aws:logs:arn');
  expect(circleIn(resources)).toBeUndefined();
});

test('it also encrypts the log group of the function that sets the definition of an existing workspace', () => {
  const stack = newStack({ account: '111122223333', region: 'eu-west-1' });
  const key = new kms.Key(stack, 'Key');
  const workspace = AlertingWorkspace.existing('arn:aws:aps:eu-west-1:111122223333:workspace/ws-12345678-1234-1234-1234-123456789012');
  const { template, resources } = synthesize({ ...relay({ encryptionKey: key }), workspace }, stack);
  template.resourceCountIs('AWS::Logs::LogGroup', 3);
  template.allResourcesProperties('AWS::Logs::LogGroup', { KmsKeyId: stack.resolve(key.keyArn) as unknown });
  expect(circleIn(resources)).toBeUndefined();
});
