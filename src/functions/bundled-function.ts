import { join } from 'path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { BundledCode } from './bundled-code';
import { acknowledgeNagRule } from '../findings/acknowledge-nag-rule';

export interface BundledFunctionProps {
  /** The folder below `assets/lambda/`. */
  readonly bundle: 'receive' | 'deliver' | 'notify' | 'definition';
  readonly description: string;
  readonly environment: { readonly [name: string]: string };
  readonly timeout: Duration;
  readonly memorySize: number;
  readonly logRetention: logs.RetentionDays;
  /** Receives the payload of asynchronous invocations that failed on every attempt. */
  readonly deadLetterQueue?: sqs.IQueue;
  /** The VPC of a function that must reach private addresses. */
  readonly network?: Pick<lambda.FunctionProps, 'vpc' | 'vpcSubnets' | 'securityGroups'>;
  /** Encrypts the log group. Its policy must allow CloudWatch Logs to use it. */
  readonly encryptionKey?: kms.IKey;
}

/**
 * A function of the package with its own log group and role. The role can write to this log group only; all other permissions are
 * granted where the respective resource is created.
 */
export class BundledFunction extends Construct {
  public readonly function: lambda.Function;

  constructor(scope: Construct, id: string, props: BundledFunctionProps) {
    super(scope, id);

    const logGroup = new logs.LogGroup(this, 'Logs', {
      retention: props.logRetention,
      encryptionKey: props.encryptionKey,
      // The log group contains only ids and outcomes, which have no value without the function.
      removalPolicy: RemovalPolicy.DESTROY,
    });

    // The role that `lambda.Function` creates by default has a managed policy with access to all log groups.
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      description: props.description,
    });
    logGroup.grantWrite(role);
    this.function = new lambda.Function(this, 'Function', {
      description: props.description,
      // Pinned, because the code is tested with this version of Node.js.
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      code: new BundledCode(bundleFolder(props.bundle)),
      handler: 'index.handler',
      environment: { ...props.environment },
      timeout: props.timeout,
      memorySize: props.memorySize,
      role,
      logGroup,
      deadLetterQueue: props.deadLetterQueue,
      vpc: props.network?.vpc,
      vpcSubnets: props.network?.vpcSubnets,
      securityGroups: props.network?.securityGroups,
    });
    if (props.network?.vpc) {
      // AWS Lambda refuses to create a function in a VPC before its role has these permissions.
      this.function.node.addDependency(createNetworkPolicy(role));
    }
  }
}

/** The actions of AWSLambdaVPCAccessExecutionRole on network interfaces. In a policy of their own, so that what excuses them excuses nothing else. */
function createNetworkPolicy(role: iam.Role): iam.Policy {
  const policy = new iam.Policy(role, 'NetworkInterfaces', {
    roles: [role],
    statements: [new iam.PolicyStatement({
      actions: [
        'ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:DeleteNetworkInterface',
        'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses',
      ],
      resources: ['*'],
    })],
  });
  acknowledgeNagRule(policy.node.defaultChild as iam.CfnPolicy, {
    pack: 'AwsSolutions',
    id: 'AwsSolutions-IAM5',
    objection: 'Resource::*',
    reason: 'AWS Lambda creates the network interfaces of a function in a VPC. Their ids are not known before, and the describing actions have no resource.',
  });
  return policy;
}

/** `assets/` is next to `lib/` in the package, and next to `src/` in the repository. */
function bundleFolder(bundle: string): string {
  return join(__dirname, '..', '..', 'assets', 'lambda', bundle, 'index');
}
