import * as ec2 from 'aws-cdk-lib/aws-ec2';

/** Settings for receivers other than PagerDuty's, such as `webhook_configs`. */
export interface NotifyOptions {
  /**
   * The VPC that the notify function is connected to, for servers with private addresses. The subnets must have a route to Amazon SQS,
   * AWS Secrets Manager, and Amazon DynamoDB, through a NAT gateway or VPC endpoints.
   *
   * @default - the function is not in a VPC and reaches public addresses only
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
   */
  readonly vpc?: ec2.IVpc;

  /**
   * The subnets of `vpc` that the function is connected to.
   *
   * @default - the private subnets of the VPC
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * The security groups of the function in `vpc`.
   *
   * @default - a security group is created that allows all outbound traffic
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * The URL of an HTTPS proxy for requests to public addresses, for example `http://proxy.example.com:3128`: webhooks, Slack, and Sysdig
   * Monitor. It must not contain credentials, which would be readable in the template. Requests to AWS, to private addresses, and to `http:`
   * URLs do not use it, nor does SMTP.
   *
   * The function resolves the name of each server, and refuses addresses that it must not connect to, before it asks the proxy. So it
   * must be able to resolve public names. The proxy then resolves the name again: let it refuse addresses of its own network.
   *
   * @default - no proxy, also if `httpsProxy` is set for the deliver function
   */
  readonly httpsProxy?: string;

  /**
   * Whether the function also sends to URLs that begin with `http:`. Notifications and credentials are then readable on the network.
   *
   * @default false
   */
  readonly allowHttp?: boolean;

  /**
   * Whether the function also connects to loopback and link-local addresses: a server in the function's own execution environment,
   * such as one that a Lambda extension runs.
   *
   * @default false
   */
  readonly allowLocalAddresses?: boolean;

  /**
   * Maximum number of concurrent invocations of the notify function: 2 to 1,000. Each sends one batch at a time, and the notifications
   * of one group to one entry are always sent one after the other.
   *
   * @default 10
   */
  readonly maxConcurrency?: number;
}
