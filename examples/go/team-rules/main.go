// Rules of a team in a stack of its own, for the workspace of the platform's stack.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
	pagerduty "github.com/cdk-amp-pagerduty/cdk-amp-pagerduty-go/cdkamppagerduty"
)

const files = "../team-rules/"

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	platform := awscdk.NewStack(app, jsii.String("PlatformAlerting"), nil)
	alerting := pagerduty.NewAmpPagerDutyAlerting(platform, jsii.String("Alerting"), nil)

	team := awscdk.NewStack(app, jsii.String("TeamRules"), nil)
	pagerduty.NewAmpRules(team, jsii.String("Rules"), &pagerduty.AmpRulesProps{
		Workspace: alerting.Workspace(),
		Rules: &[]pagerduty.RuleGroups{pagerduty.RuleGroups_FromFile(jsii.String(files+"rules.yml"), &pagerduty.RuleGroupsOptions{
			Namespace: jsii.String("checkout"),
		})},
	})

	app.Synth(nil)
}
