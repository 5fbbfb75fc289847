"""The whole alerting of a self-hosted Prometheus, moved to an existing workspace: receivers of every type that the construct
translates, templates, rules, the secret that holds the routing keys today, and alarms that notify the operators."""

from pathlib import Path

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_secretsmanager as secretsmanager
from aws_cdk import aws_sns as sns
from cdk_amp_pagerduty import (
    AlertingWorkspace,
    AlertManagerConfig,
    AmpPagerDutyAlerting,
    Delivery,
    ExistingDefinition,
    PagerDutySeverity,
    RoutingKeys,
    RuleGroups,
)

FILES = Path(__file__).resolve().parents[2] / "lift-and-shift"
WORKSPACE_ARN = "arn:aws:aps:eu-west-1:111122223333:workspace/ws-12345678-1234-1234-1234-123456789012"

app = cdk.App()
stack = cdk.Stack(
    app,
    "LiftAndShiftAlerting",
    env=cdk.Environment(account="111122223333", region="eu-west-1"),
)

secret = secretsmanager.Secret.from_secret_name_v2(stack, "RoutingKeys", "pagerduty/routing-keys")
# Whoever fixes the alerting when it cannot page. Not through PagerDuty.
operators = sns.Topic(stack, "Operators", enforce_ssl=True)

alerting = AmpPagerDutyAlerting(
    stack,
    "Alerting",
    alert_manager_config=AlertManagerConfig.from_file(
        str(FILES / "alertmanager.yml"), template_directory=str(FILES / "templates")
    ),
    rules=[RuleGroups.from_file(str(FILES / "rules.yml"), namespace="shop")],
    workspace=AlertingWorkspace.existing(WORKSPACE_ARN, existing_definition=ExistingDefinition.REPLACE),
    routing_keys=RoutingKeys.from_secret(secret),
    delivery=Delivery.relay(
        retry_window=cdk.Duration.hours(48),
        severities={"page": PagerDutySeverity.CRITICAL, "ticket": PagerDutySeverity.INFO},
    ),
    alarm_actions=[actions.SnsAction(operators)],
    outputs=True,
)
alerting.add_dashboard()

app.synth()
