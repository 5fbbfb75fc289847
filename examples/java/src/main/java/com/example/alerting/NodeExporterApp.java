package com.example.alerting;

import io.github.cdkamppagerduty.AlertManagerConfig;
import io.github.cdkamppagerduty.AmpPagerDutyAlerting;
import io.github.cdkamppagerduty.RuleGroups;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;

/** The alertmanager.yml and the rule file of a Prometheus server that watches its nodes, on AMP. */
public final class NodeExporterApp {
    private static final String FILES = "../node-exporter/";

    public static void main(final String[] args) {
        App app = new App();
        Stack stack = new Stack(app, "NodeExporterAlerting");

        AmpPagerDutyAlerting.Builder.create(stack, "Alerting")
            .alertManagerConfig(AlertManagerConfig.fromFile(FILES + "alertmanager.yml"))
            .rules(List.of(RuleGroups.fromFile(FILES + "rules.yml")))
            .outputs(true)
            .build();

        app.synth();
    }
}
