// Takes over an existing workspace by its ARN. Its definition is replaced, and restored when the construct leaves the stack.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
	pagerduty "github.com/cdk-amp-pagerduty/cdk-amp-pagerduty-go/cdkamppagerduty"
)

const (
	files        = "../adopt-existing/"
	workspaceArn = "arn:aws:aps:eu-west-1:111122223333:workspace/ws-12345678-1234-1234-1234-123456789012"
)

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("AdoptExistingAlerting"), &awscdk.StackProps{
		Env: &awscdk.Environment{Account: jsii.String("111122223333"), Region: jsii.String("eu-west-1")},
	})

	pagerduty.NewAmpPagerDutyAlerting(stack, jsii.String("Alerting"), &pagerduty.AmpPagerDutyAlertingProps{
		AlertManagerConfig: pagerduty.AlertManagerConfig_FromFile(jsii.String(files+"alertmanager.yml"), nil),
		Rules:              &[]pagerduty.RuleGroups{pagerduty.RuleGroups_FromFile(jsii.String(files+"rules.yml"), nil)},
		Workspace: pagerduty.AlertingWorkspace_Existing(jsii.String(workspaceArn), &pagerduty.ExistingWorkspaceOptions{
			ExistingDefinition: pagerduty.ExistingDefinition_REPLACE,
			OnRemoval:          pagerduty.OnRemoval_RESTORE,
		}),
	})

	app.Synth(nil)
}
