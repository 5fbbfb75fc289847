package com.example.alerting;

import io.github.cdkamppagerduty.AlertManagerConfig;
import io.github.cdkamppagerduty.AlertingWorkspace;
import io.github.cdkamppagerduty.AmpPagerDutyAlerting;
import io.github.cdkamppagerduty.ExistingDefinition;
import io.github.cdkamppagerduty.ExistingWorkspaceOptions;
import io.github.cdkamppagerduty.OnRemoval;
import io.github.cdkamppagerduty.RuleGroups;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;

/** Takes over an existing workspace by its ARN. Its definition is replaced, and restored when the construct leaves the stack. */
public final class AdoptExistingApp {
    private static final String FILES = "../adopt-existing/";
    private static final String WORKSPACE_ARN =
        "arn:aws:aps:eu-west-1:111122223333:workspace/ws-12345678-1234-1234-1234-123456789012";

    public static void main(final String[] args) {
        App app = new App();
        Stack stack = new Stack(app, "AdoptExistingAlerting", StackProps.builder()
            .env(Environment.builder().account("111122223333").region("eu-west-1").build())
            .build());

        AmpPagerDutyAlerting.Builder.create(stack, "Alerting")
            .alertManagerConfig(AlertManagerConfig.fromFile(FILES + "alertmanager.yml"))
            .rules(List.of(RuleGroups.fromFile(FILES + "rules.yml")))
            .workspace(AlertingWorkspace.existing(WORKSPACE_ARN, ExistingWorkspaceOptions.builder()
                .existingDefinition(ExistingDefinition.REPLACE)
                .onRemoval(OnRemoval.RESTORE)
                .build()))
            .build();

        app.synth();
    }
}
