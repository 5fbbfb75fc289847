import { Aws, Names, RemovalPolicy } from 'aws-cdk-lib';
import * as aps from 'aws-cdk-lib/aws-aps';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/** Creates the log group for the warnings and errors of AMP's Alertmanager and ruler. */
export function createWorkspaceLogs(
  scope: Construct, retention: logs.RetentionDays, encryptionKey?: kms.IKey,
): aps.CfnWorkspace.LoggingConfigurationProperty {
  const logGroup = new logs.LogGroup(scope, 'Logs', {
    // AMP extends a resource policy that is limited in size, unless the name begins like this.
    logGroupName: `/aws/vendedlogs/prometheus/${Aws.STACK_NAME}/${Names.uniqueResourceName(scope, { maxLength: 100 })}`,
    retention,
    encryptionKey,
    // A retained log group of this name would block the next deployment of the stack.
    removalPolicy: RemovalPolicy.DESTROY,
  });
  // CloudFormation's ARN of a log group ends in `:*`, as AMP demands.
  return { logGroupArn: logGroup.logGroupArn };
}
