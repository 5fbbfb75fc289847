import { join } from 'path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { BundledCode } from './bundled-code';

export interface RelayFunctionProps {
  /** The folder below `assets/lambda/`. */
  readonly bundle: 'receive' | 'deliver';
  readonly description: string;
  readonly environment: { readonly [name: string]: string };
  readonly timeout: Duration;
  readonly memorySize: number;
  readonly logRetention: logs.RetentionDays;
  /** Where asynchronous invocations end that failed too often. */
  readonly deadLetterQueue?: sqs.IQueue;
}

/**
 * One function of the relay with what belongs to it alone: a log group of finite retention, and a role that may write to
 * exactly this log group. What else it may do is granted where the other resource is created.
 */
export class RelayFunction extends Construct {
  public readonly function: lambda.Function;

  constructor(scope: Construct, id: string, props: RelayFunctionProps) {
    super(scope, id);

    const logGroup = new logs.LogGroup(this, 'Logs', {
      retention: props.logRetention,
      // It holds ids and outcomes only; nothing that is worth more than the function itself.
      removalPolicy: RemovalPolicy.DESTROY,
    });

    // An own role, because the one that Lambda constructs make by themselves has a managed policy with access to all logs.
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      description: props.description,
    });
    logGroup.grantWrite(role);

    this.function = new lambda.Function(this, 'Function', {
      description: props.description,
      // Pinned: the code is tested with this version of Node.js, whatever the user's aws-cdk-lib considers newest.
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
    });
  }
}

/** `assets/` lies beside `lib/` in the package, and beside `src/` in the repository. */
function bundleFolder(bundle: string): string {
  return join(__dirname, '..', '..', 'assets', 'lambda', bundle, 'index');
}
