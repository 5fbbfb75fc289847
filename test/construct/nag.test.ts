import { App, CfnResource, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { objectionsTo } from './nag';
import { AlertManagerConfig, AmpPagerDutyAlerting, Delivery } from '../../src';
import { acknowledgeNagRule } from '../../src/findings/acknowledge-nag-rule';

function objections(build: (stack: Stack) => void): string[] {
  const app = new App();
  build(new Stack(app, 'Stack'));
  return objectionsTo(app);
}

interface Suppressions {
  readonly rules_to_suppress: ReadonlyArray<{ readonly id: string; readonly reason: string }>;
}

/** Suppressions in the template, which each need a reason that a reviewer can follow. */
function suppressionsIn(stack: Stack): Array<Suppressions['rules_to_suppress'][number]> {
  return stack.node.findAll().flatMap((node) => {
    const metadata = CfnResource.isCfnResource(node) ? node.getMetadata('cdk_nag') as Suppressions | undefined : undefined;
    return metadata?.rules_to_suppress ?? [];
  });
}

test('cdk-nag AwsSolutions has no objection to the defaults', () => {
  expect(objections((stack) => new AmpPagerDutyAlerting(stack, 'Alerting', { outputs: true }))).toEqual([]);
});

test('cdk-nag AwsSolutions has no objection to a customer-managed key', () => {
  expect(objections((stack) => new AmpPagerDutyAlerting(stack, 'Alerting', {
    delivery: Delivery.relay({ encryptionKey: new kms.Key(stack, 'Key', { enableKeyRotation: true }) }),
  }))).toEqual([]);
});

const WEBHOOK = AlertManagerConfig.fromString(
  `{route: {receiver: a}, receivers: [{name: a, pagerduty_configs: [{routing_key: ${'0'.repeat(32)}}], webhook_configs: [{url: "https://hooks.example.com/x"}]}]}`);

test('cdk-nag AwsSolutions has no objection to functions in a VPC, nor to webhooks and a proxy', () => {
  expect(objections((stack) => {
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-1', availabilityZones: ['a', 'b'], privateSubnetIds: ['subnet-1', 'subnet-2'],
    });
    return new AmpPagerDutyAlerting(stack, 'Alerting', {
      alertManagerConfig: WEBHOOK,
      delivery: Delivery.relay({ vpc, notify: { vpc }, httpsProxy: 'http://proxy.example.com:3128' }),
    });
  })).toEqual([]);
});

test('what excuses the network interfaces of a function excuses no other wildcard of its role', () => {
  expect(objections((stack) => {
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a', 'b'], privateSubnetIds: ['subnet-1', 'subnet-2'] });
    const { relay } = new AmpPagerDutyAlerting(stack, 'Alerting', { delivery: Delivery.relay({ vpc }) });
    relay.deliverFunction.addToRolePolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] }));
  })).toEqual([expect.stringMatching(/^AwsSolutions-IAM5 .*Deliver.*DefaultPolicy/)]);
});

test('two rules are suppressed, each with a reason', () => {
  const stack = new Stack();
  new AmpPagerDutyAlerting(stack, 'Alerting');
  const reason = expect.stringMatching(/\w+ \w+ \w+/) as unknown;
  expect(suppressionsIn(stack)).toEqual(expect.arrayContaining([{ id: 'AwsSolutions-SMG4', reason }, { id: 'AwsSolutions-DDB3', reason }]));
  expect(suppressionsIn(stack)).toHaveLength(2);
});

test('cdk-nag would object to a key that is never rotated', () => {
  expect(objections((stack) => new kms.Key(stack, 'Key'))).toEqual(['AwsSolutions-KMS5 /Stack/Key/Resource']);
});

test('a rule is acknowledged by the CDK itself where it can be, for cdk-nag 3, and by metadata for cdk-nag 2', () => {
  const resource = new CfnResource(new Stack(), 'Resource', { type: 'AWS::Test::Resource' });
  const acknowledged: unknown[] = [];
  const library = { Validations: { of: (scope: unknown) => ({ acknowledge: (rule: unknown) => acknowledged.push([scope, rule]) }) } };
  const rule = { pack: 'AwsSolutions', id: 'AwsSolutions-SMG4', reason: 'because of this' };

  acknowledgeNagRule(resource, rule, library);
  expect(acknowledged).toEqual([[resource, { id: 'AwsSolutions::AwsSolutions-SMG4', reason: 'because of this' }]]);
  expect(resource.getMetadata('cdk_nag')).toEqual({ rules_to_suppress: [{ id: 'AwsSolutions-SMG4', reason: 'because of this' }] });
  expect(() => acknowledgeNagRule(resource, rule, {})).not.toThrow();
});

test('an objection of its own is part of what is acknowledged, and no error where the CDK refuses such an id', () => {
  const resource = new CfnResource(new Stack(), 'Resource', { type: 'AWS::Test::Resource' });
  const acknowledged: unknown[] = [];
  const rule = { pack: 'AwsSolutions', id: 'AwsSolutions-IAM5', objection: 'Resource::*', reason: 'because of this' };
  const refusing = {
    Validations: {
      of: () => ({
        acknowledge: () => {
          throw new Error('Invalid validation rule ID');
        },
      }),
    },
  };

  acknowledgeNagRule(resource, rule, { Validations: { of: () => ({ acknowledge: (given: unknown) => acknowledged.push(given) }) } });
  expect(acknowledged).toEqual([{ id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]', reason: 'because of this' }]);
  expect(resource.getMetadata('cdk_nag')).toEqual({
    rules_to_suppress: [{ id: 'AwsSolutions-IAM5', reason: 'because of this', appliesTo: ['Resource::*'] }],
  });
  expect(() => acknowledgeNagRule(resource, rule, refusing)).not.toThrow();
  expect(() => acknowledgeNagRule(resource, { ...rule, objection: undefined }, refusing)).toThrow('Invalid validation rule ID');
});
