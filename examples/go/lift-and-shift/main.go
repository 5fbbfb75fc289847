// The whole alerting of a self-hosted Prometheus, moved to an existing workspace: receivers of every type that the construct
// translates, templates, rules, the secret that holds the routing keys today, and alarms that notify the operators.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatchactions"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssecretsmanager"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/jsii-runtime-go"
	pagerduty "github.com/cdk-amp-pagerduty/cdk-amp-pagerduty-go/cdkamppagerduty"
)

const (
	files        = "../lift-and-shift/"
	workspaceArn = "arn:aws:aps:eu-west-1:111122223333:workspace/ws-12345678-1234-1234-1234-123456789012"
)

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("LiftAndShiftAlerting"), &awscdk.StackProps{
		Env: &awscdk.Environment{Account: jsii.String("111122223333"), Region: jsii.String("eu-west-1")},
	})

	secret := awssecretsmanager.Secret_FromSecretNameV2(stack, jsii.String("RoutingKeys"), jsii.String("pagerduty/routing-keys"))
	// Whoever fixes the alerting when it cannot page. Not through PagerDuty.
	operators := awssns.NewTopic(stack, jsii.String("Operators"), &awssns.TopicProps{EnforceSSL: jsii.Bool(true)})

	alerting := pagerduty.NewAmpPagerDutyAlerting(stack, jsii.String("Alerting"), &pagerduty.AmpPagerDutyAlertingProps{
		AlertManagerConfig: pagerduty.AlertManagerConfig_FromFile(jsii.String(files+"alertmanager.yml"), &pagerduty.AlertManagerConfigOptions{
			TemplateDirectory: jsii.String(files + "templates"),
		}),
		Rules: &[]pagerduty.RuleGroups{pagerduty.RuleGroups_FromFile(jsii.String(files+"rules.yml"), &pagerduty.RuleGroupsOptions{
			Namespace: jsii.String("shop"),
		})},
		Workspace: pagerduty.AlertingWorkspace_Existing(jsii.String(workspaceArn), &pagerduty.ExistingWorkspaceOptions{
			ExistingDefinition: pagerduty.ExistingDefinition_REPLACE,
		}),
		RoutingKeys: pagerduty.RoutingKeys_FromSecret(secret),
		Delivery: pagerduty.Delivery_Relay(&pagerduty.RelayOptions{
			RetryWindow: awscdk.Duration_Hours(jsii.Number(48)),
			Severities: &map[string]pagerduty.PagerDutySeverity{
				"page":   pagerduty.PagerDutySeverity_CRITICAL,
				"ticket": pagerduty.PagerDutySeverity_INFO,
			},
		}),
		AlarmActions: &[]awscloudwatch.IAlarmAction{awscloudwatchactions.NewSnsAction(operators)},
		Outputs:      jsii.Bool(true),
	})
	alerting.AddDashboard(nil)

	app.Synth(nil)
}
