package com.example.alerting;

import io.github.cdkamppagerduty.AlertManagerConfig;
import io.github.cdkamppagerduty.AlertManagerConfigOptions;
import io.github.cdkamppagerduty.AlertingWorkspace;
import io.github.cdkamppagerduty.AmpPagerDutyAlerting;
import io.github.cdkamppagerduty.Delivery;
import io.github.cdkamppagerduty.ExistingDefinition;
import io.github.cdkamppagerduty.ExistingWorkspaceOptions;
import io.github.cdkamppagerduty.PagerDutySeverity;
import io.github.cdkamppagerduty.RelayOptions;
import io.github.cdkamppagerduty.RoutingKeys;
import io.github.cdkamppagerduty.RuleGroups;
import io.github.cdkamppagerduty.RuleGroupsOptions;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.sns.Topic;

/**
 * The whole alerting of a self-hosted Prometheus, moved to an existing workspace: receivers of every type that the construct
 * translates, templates, rules, the secret that holds the routing keys today, and alarms that notify the operators.
 */
public final class LiftAndShiftApp {
    private static final String FILES = "../lift-and-shift/";
    private static final String WORKSPACE_ARN =
        "arn:aws:aps:eu-west-1:111122223333:workspace/ws-12345678-1234-1234-1234-123456789012";

    public static void main(final String[] args) {
        App app = new App();
        Stack stack = new Stack(app, "LiftAndShiftAlerting", StackProps.builder()
            .env(Environment.builder().account("111122223333").region("eu-west-1").build())
            .build());

        ISecret secret = Secret.fromSecretNameV2(stack, "RoutingKeys", "pagerduty/routing-keys");
        // Whoever fixes the alerting when it cannot page. Not through PagerDuty.
        Topic operators = Topic.Builder.create(stack, "Operators").enforceSsl(true).build();

        AmpPagerDutyAlerting alerting = AmpPagerDutyAlerting.Builder.create(stack, "Alerting")
            .alertManagerConfig(AlertManagerConfig.fromFile(
                FILES + "alertmanager.yml",
                AlertManagerConfigOptions.builder().templateDirectory(FILES + "templates").build()))
            .rules(List.of(RuleGroups.fromFile(FILES + "rules.yml", RuleGroupsOptions.builder().namespace("shop").build())))
            .workspace(AlertingWorkspace.existing(WORKSPACE_ARN, ExistingWorkspaceOptions.builder()
                .existingDefinition(ExistingDefinition.REPLACE)
                .build()))
            .routingKeys(RoutingKeys.fromSecret(secret))
            .delivery(Delivery.relay(RelayOptions.builder()
                .retryWindow(Duration.hours(48))
                .severities(Map.of("page", PagerDutySeverity.CRITICAL, "ticket", PagerDutySeverity.INFO))
                .build()))
            .alarmActions(List.of(new SnsAction(operators)))
            .outputs(true)
            .build();
        alerting.addDashboard();

        app.synth();
    }
}
