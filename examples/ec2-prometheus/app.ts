/**
 * A Prometheus server on Amazon Linux 2023 that sends its metrics to the workspace: no access keys, no SSH. CloudFormation finishes the
 * instance when the first samples were accepted.
 */
import { readFileSync } from 'fs';
import * as path from 'path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AmpPagerDutyAlerting } from '../../src';

const app = new App();
const stack = new Stack(app, 'Ec2PrometheusAlerting', { env: { account: '111122223333', region: 'eu-west-1' } });
const alerting = new AmpPagerDutyAlerting(stack, 'Alerting');

const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
  vpcId: 'vpc-12345678', availabilityZones: ['eu-west-1a'], privateSubnetIds: ['subnet-12345678'],
});

const userData = ec2.UserData.forLinux();
const prometheus = new ec2.Instance(stack, 'Prometheus', {
  vpc,
  instanceType: ec2.InstanceType.of(ec2.InstanceClass.T4G, ec2.InstanceSize.SMALL),
  machineImage: ec2.MachineImage.latestAmazonLinux2023({ cpuType: ec2.AmazonLinuxCpuType.ARM_64 }),
  userData,
  userDataCausesReplacement: true,
  // IMDSv2 only. Session Manager replaces SSH.
  requireImdsv2: true,
  ssmSessionPermissions: true,
  detailedMonitoring: true,
  blockDevices: [{ deviceName: '/dev/xvda', volume: ec2.BlockDeviceVolume.ebs(20, { encrypted: true }) }],
  resourceSignalTimeout: Duration.minutes(15),
});
(prometheus.node.defaultChild as ec2.CfnInstance).disableApiTermination = true;
(prometheus.role.node.defaultChild as iam.CfnRole).addMetadata('cdk_nag', {
  rules_to_suppress: [{ id: 'AwsSolutions-IAM4', reason: 'AWS recommends its managed policy for Session Manager.' }],
});

// The signal is sent when the script ends, with its exit code.
userData.addSignalOnExitCommand(prometheus);
userData.addCommands(
  'set -euo pipefail',
  'mkdir -p /etc/prometheus',
  "cat > /etc/prometheus/prometheus.yml <<'CONFIG'",
  'scrape_configs:',
  '  - job_name: prometheus',
  '    static_configs:',
  '      - targets: ["localhost:9090"]',
  alerting.prometheusRemoteWrite(),
  'CONFIG',
  readFileSync(path.join(__dirname, 'install.sh'), 'utf8'),
);
const grant = alerting.grantRemoteWrite(prometheus);
grant.applyBefore(prometheus);

app.synth();
