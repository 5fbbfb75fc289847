/**
 * The alert history of Deephaven's article, on AMP: a webhook receiver in a private network stores every change of an alert in a
 * Deephaven table. Pages do not wait for it: webhooks have a queue and a function of their own.
 */
import * as path from 'path';
import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AlertManagerConfig, AmpPagerDutyAlerting, Delivery, RuleGroups } from '../../src';

const app = new App();
const stack = new Stack(app, 'DeephavenAlerting', { env: { account: '111122223333', region: 'eu-west-1' } });

// The network of the receiver. Its subnets need a route to Amazon SQS and AWS Secrets Manager.
const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
  vpcId: 'vpc-12345678', availabilityZones: ['eu-west-1a'], privateSubnetIds: ['subnet-12345678'],
});

const alerting = new AmpPagerDutyAlerting(stack, 'Alerting', {
  alertManagerConfig: AlertManagerConfig.fromFile(path.join(__dirname, 'alertmanager.yml')),
  rules: [RuleGroups.fromFile(path.join(__dirname, 'rules.yml'))],
  // The receiver has a private address, and no certificate. Behind a load balancer with one, `allowHttp` is not needed.
  delivery: Delivery.relay({ notify: { vpc, allowHttp: true } }),
  outputs: true,
});

const policy = alerting.relay.notifyFunction?.role?.node.findChild('DefaultPolicy').node.defaultChild as iam.CfnPolicy;
policy.addMetadata('cdk_nag', {
  rules_to_suppress: [{ id: 'AwsSolutions-IAM5', reason: 'Lambda creates network interfaces, whose ids are not known before.' }],
});

app.synth();
