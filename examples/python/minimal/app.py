"""Only the construct, with its default configuration."""

import aws_cdk as cdk
from cdk_amp_pagerduty import AmpPagerDutyAlerting

app = cdk.App()
stack = cdk.Stack(app, "MinimalAlerting")

AmpPagerDutyAlerting(stack, "Alerting", outputs=True)

app.synth()
