package com.example.alerting;

import io.github.cdkamppagerduty.AmpPagerDutyAlerting;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;

/** Only the construct, with its default configuration. */
public final class MinimalApp {
    public static void main(final String[] args) {
        App app = new App();
        Stack stack = new Stack(app, "MinimalAlerting");

        AmpPagerDutyAlerting.Builder.create(stack, "Alerting").outputs(true).build();

        app.synth();
    }
}
