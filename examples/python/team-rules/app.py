"""Rules of a team in a stack of its own, for the workspace of the platform's stack."""

from pathlib import Path

import aws_cdk as cdk
from cdk_amp_pagerduty import AmpPagerDutyAlerting, AmpRules, RuleGroups

FILES = Path(__file__).resolve().parents[2] / "team-rules"

app = cdk.App()
platform = cdk.Stack(app, "PlatformAlerting")
alerting = AmpPagerDutyAlerting(platform, "Alerting")

team = cdk.Stack(app, "TeamRules")
AmpRules(
    team,
    "Rules",
    workspace=alerting.workspace,
    rules=[RuleGroups.from_file(str(FILES / "rules.yml"), namespace="checkout")],
)

app.synth()
