package com.example.alerting;

import io.github.cdkamppagerduty.AlertManagerConfig;
import io.github.cdkamppagerduty.AmpPagerDutyAlerting;
import io.github.cdkamppagerduty.Delivery;
import io.github.cdkamppagerduty.RelayOptions;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;

/** An app with a wrong configuration. The same app exists in every language. */
public final class WrongApp {
    public static void main(final String[] args) {
        App app = new App();
        Stack stack = new Stack(app, "WrongAlerting");

        AmpPagerDutyAlerting.Builder.create(stack, "Alerting")
            .alertManagerConfig(AlertManagerConfig.fromFile("alertmanager.yml"))
            .delivery(Delivery.relay(RelayOptions.builder().maxConcurrency(1).build()))
            .build();

        app.synth();
    }
}
