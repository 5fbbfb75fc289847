/**
 * The data sources of a Grafana on Amazon EC2: a provisioning file in an SSM parameter, and a role that reads metrics and alerts and
 * manages silences.
 */
import { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { AmpPagerDutyAlerting, GrafanaAuth } from '../../src';

const app = new App();
const stack = new Stack(app, 'GrafanaAlerting');
const alerting = new AmpPagerDutyAlerting(stack, 'Alerting');

const grafana = new iam.Role(stack, 'Grafana', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
alerting.grantQuery(grafana);
alerting.grantReadAlerts(grafana);
alerting.grantManageSilences(grafana);

// The instance writes it to /etc/grafana/provisioning/datasources/amp.yaml before Grafana starts.
const dataSources = new ssm.StringParameter(stack, 'DataSources', {
  stringValue: alerting.grafanaDataSources({ auth: GrafanaAuth.EC2_IAM_ROLE }),
});
dataSources.grantRead(grafana);

app.synth();
