"""An app with a wrong configuration. The same app exists in every language."""

import aws_cdk as cdk
from cdk_amp_pagerduty import AlertManagerConfig, AmpPagerDutyAlerting, Delivery

app = cdk.App()
stack = cdk.Stack(app, "WrongAlerting")

AmpPagerDutyAlerting(
    stack,
    "Alerting",
    alert_manager_config=AlertManagerConfig.from_file("alertmanager.yml"),
    delivery=Delivery.relay(max_concurrency=1),
)

app.synth()
