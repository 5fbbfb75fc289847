"""The alertmanager.yml and the rule file of a Prometheus server that watches its nodes, on AMP."""

from pathlib import Path

import aws_cdk as cdk
from cdk_amp_pagerduty import AlertManagerConfig, AmpPagerDutyAlerting, RuleGroups

FILES = Path(__file__).resolve().parents[2] / "node-exporter"

app = cdk.App()
stack = cdk.Stack(app, "NodeExporterAlerting")

AmpPagerDutyAlerting(
    stack,
    "Alerting",
    alert_manager_config=AlertManagerConfig.from_file(str(FILES / "alertmanager.yml")),
    rules=[RuleGroups.from_file(str(FILES / "rules.yml"))],
    outputs=True,
)

app.synth()
