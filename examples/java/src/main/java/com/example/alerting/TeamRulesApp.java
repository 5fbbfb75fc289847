package com.example.alerting;

import io.github.cdkamppagerduty.AmpPagerDutyAlerting;
import io.github.cdkamppagerduty.AmpRules;
import io.github.cdkamppagerduty.RuleGroups;
import io.github.cdkamppagerduty.RuleGroupsOptions;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;

/** Rules of a team in a stack of its own, for the workspace of the platform's stack. */
public final class TeamRulesApp {
    private static final String FILES = "../team-rules/";

    public static void main(final String[] args) {
        App app = new App();
        Stack platform = new Stack(app, "PlatformAlerting");
        AmpPagerDutyAlerting alerting = new AmpPagerDutyAlerting(platform, "Alerting");

        Stack team = new Stack(app, "TeamRules");
        RuleGroupsOptions options = RuleGroupsOptions.builder().namespace("checkout").build();
        AmpRules.Builder.create(team, "Rules")
            .workspace(alerting.getWorkspace())
            .rules(List.of(RuleGroups.fromFile(FILES + "rules.yml", options)))
            .build();

        app.synth();
    }
}
