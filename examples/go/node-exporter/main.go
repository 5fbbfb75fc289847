// The alertmanager.yml and the rule file of a Prometheus server that watches its nodes, on AMP.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
	pagerduty "github.com/cdk-amp-pagerduty/cdk-amp-pagerduty-go/cdkamppagerduty"
)

const files = "../node-exporter/"

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("NodeExporterAlerting"), nil)

	pagerduty.NewAmpPagerDutyAlerting(stack, jsii.String("Alerting"), &pagerduty.AmpPagerDutyAlertingProps{
		AlertManagerConfig: pagerduty.AlertManagerConfig_FromFile(jsii.String(files+"alertmanager.yml"), nil),
		Rules:              &[]pagerduty.RuleGroups{pagerduty.RuleGroups_FromFile(jsii.String(files+"rules.yml"), nil)},
		Outputs:            jsii.Bool(true),
	})

	app.Synth(nil)
}
