"""Takes over an existing workspace by its ARN. Its definition is replaced, and restored when the construct leaves the stack."""

from pathlib import Path

import aws_cdk as cdk
from cdk_amp_pagerduty import (
    AlertingWorkspace,
    AlertManagerConfig,
    AmpPagerDutyAlerting,
    ExistingDefinition,
    OnRemoval,
    RuleGroups,
)

FILES = Path(__file__).resolve().parents[2] / "adopt-existing"
WORKSPACE_ARN = "arn:aws:aps:eu-west-1:111122223333:workspace/ws-12345678-1234-1234-1234-123456789012"

app = cdk.App()
stack = cdk.Stack(
    app,
    "AdoptExistingAlerting",
    env=cdk.Environment(account="111122223333", region="eu-west-1"),
)

AmpPagerDutyAlerting(
    stack,
    "Alerting",
    alert_manager_config=AlertManagerConfig.from_file(str(FILES / "alertmanager.yml")),
    rules=[RuleGroups.from_file(str(FILES / "rules.yml"))],
    workspace=AlertingWorkspace.existing(
        WORKSPACE_ARN,
        existing_definition=ExistingDefinition.REPLACE,
        on_removal=OnRemoval.RESTORE,
    ),
)

app.synth()
