// Only the construct, with its default configuration.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
	pagerduty "github.com/cdk-amp-pagerduty/cdk-amp-pagerduty-go/cdkamppagerduty"
)

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("MinimalAlerting"), nil)

	pagerduty.NewAmpPagerDutyAlerting(stack, jsii.String("Alerting"), &pagerduty.AmpPagerDutyAlertingProps{
		Outputs: jsii.Bool(true),
	})

	app.Synth(nil)
}
