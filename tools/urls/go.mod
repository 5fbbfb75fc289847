module cdk-amp-pagerduty/tools/urls

go 1.26.0
