/** AWS's distribution of the OpenTelemetry Collector as an Amazon ECS service that scrapes an application and sends its metrics. */
import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { AmpPagerDutyAlerting } from '../../src';

const app = new App();
const stack = new Stack(app, 'EcsCollectorAlerting', { env: { account: '111122223333', region: 'eu-west-1' } });
const alerting = new AmpPagerDutyAlerting(stack, 'Alerting');

const config = new ssm.StringParameter(stack, 'CollectorConfig', {
  stringValue: alerting.collectorConfig({ scrapeTargets: ['checkout.internal.example.com:9090'] }),
});

const task = new ecs.FargateTaskDefinition(stack, 'Task', { cpu: 256, memoryLimitMiB: 512 });
task.addContainer('collector', {
  image: ecs.ContainerImage.fromRegistry('public.ecr.aws/aws-observability/aws-otel-collector:v0.49.0'),
  // The collector reads its configuration from this variable.
  secrets: { AOT_CONFIG_CONTENT: ecs.Secret.fromSsmParameter(config) },
  logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'collector', logRetention: logs.RetentionDays.ONE_MONTH }),
});
alerting.grantRemoteWrite(task.taskRole);

const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
  vpcId: 'vpc-12345678', availabilityZones: ['eu-west-1a'], privateSubnetIds: ['subnet-12345678'],
});
const cluster = new ecs.Cluster(stack, 'Cluster', { vpc, containerInsightsV2: ecs.ContainerInsights.ENABLED });
new ecs.FargateService(stack, 'Collector', { cluster, taskDefinition: task, desiredCount: 1, minHealthyPercent: 0, maxHealthyPercent: 100 });

app.synth();
