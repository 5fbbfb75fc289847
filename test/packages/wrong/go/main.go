// An app with a wrong configuration. The same app exists in every language.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
	pagerduty "github.com/cdk-amp-pagerduty/cdk-amp-pagerduty-go/cdkamppagerduty"
)

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("WrongAlerting"), nil)

	pagerduty.NewAmpPagerDutyAlerting(stack, jsii.String("Alerting"), &pagerduty.AmpPagerDutyAlertingProps{
		AlertManagerConfig: pagerduty.AlertManagerConfig_FromFile(jsii.String("alertmanager.yml"), nil),
		Delivery:           pagerduty.Delivery_Relay(&pagerduty.RelayOptions{MaxConcurrency: jsii.Number(1)}),
	})

	app.Synth(nil)
}
