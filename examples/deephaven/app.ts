/**
 * The alert history of Deephaven's article, on AMP: a webhook receiver in a private network stores every change of an alert in a
 * Deephaven table. Pages do not wait for it: webhooks have a queue and a function of their own.
 */
import * as path from 'path';
import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { AlertManagerConfig, AmpPagerDutyAlerting, Delivery, RuleGroups } from '../../src';

const app = new App();
const stack = new Stack(app, 'DeephavenAlerting', { env: { account: '111122223333', region: 'eu-west-1' } });

// The network of the receiver. Its subnets need a route to Amazon SQS and AWS Secrets Manager.
const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
  vpcId: 'vpc-12345678', availabilityZones: ['eu-west-1a'], privateSubnetIds: ['subnet-12345678'],
});

new AmpPagerDutyAlerting(stack, 'Alerting', {
  alertManagerConfig: AlertManagerConfig.fromFile(path.join(__dirname, 'alertmanager.yml')),
  rules: [RuleGroups.fromFile(path.join(__dirname, 'rules.yml'))],
  // The receiver has a private address, and no certificate. Behind a load balancer with one, `allowHttp` is not needed.
  delivery: Delivery.relay({ notify: { vpc, allowHttp: true } }),
  outputs: true,
});

app.synth();
