module example.com/alerting

go 1.23

require (
	github.com/aws/aws-cdk-go/awscdk/v2 v2.257.0
	github.com/aws/constructs-go/constructs/v10 v10.5.1
	github.com/aws/jsii-runtime-go v1.140.0
	github.com/cdk-amp-pagerduty/cdk-amp-pagerduty-go/cdkamppagerduty v0.1.0
)
