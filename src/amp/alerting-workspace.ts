import { Aws, Names, RemovalPolicy } from 'aws-cdk-lib';
import * as aps from 'aws-cdk-lib/aws-aps';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { FindingSeverity } from '../findings/finding';
import { formatFinding } from '../findings/findings-error';

/** The longest alias that AMP takes. */
export const MAX_ALIAS_LENGTH = 100;

export interface AlertingWorkspaceProps {
  /** The user's own workspace; without it, one is created. */
  readonly workspace?: aps.CfnWorkspace;
  readonly alias?: string;
  readonly removalPolicy?: RemovalPolicy;
  readonly alertManagerDefinition: string;
  readonly logRetention: logs.RetentionDays;
}

/** The workspace with its alert manager definition, and the log group for what AMP has to say about both. */
export class AlertingWorkspace extends Construct {
  public readonly workspace: aps.CfnWorkspace;

  constructor(scope: Construct, id: string, props: AlertingWorkspaceProps) {
    super(scope, id);
    this.workspace = props.workspace
      ? this.adopt(props.workspace, props)
      : this.create(props);
  }

  private create(props: AlertingWorkspaceProps): aps.CfnWorkspace {
    const workspace = new aps.CfnWorkspace(this, 'Resource', {
      alias: props.alias ?? Names.uniqueResourceName(this, { maxLength: MAX_ALIAS_LENGTH, separator: '-' }),
      alertManagerDefinition: props.alertManagerDefinition,
      loggingConfiguration: this.createLogging(props.logRetention),
    });
    // The workspace holds the metrics of months. Kept when the stack goes; not when the very creation is rolled back.
    workspace.applyRemovalPolicy(props.removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    return workspace;
  }

  private adopt(workspace: aps.CfnWorkspace, props: AlertingWorkspaceProps): aps.CfnWorkspace {
    const definition = props.alertManagerDefinition;
    workspace.alertManagerDefinition = definition;
    workspace.loggingConfiguration ??= this.createLogging(props.logRetention);
    this.node.addValidation({
      validate: () => workspace.alertManagerDefinition === definition ? [] : [formatFinding({
        code: 'workspace-has-definition',
        severity: FindingSeverity.ERROR,
        message: `the alert manager definition of ${workspace.node.path} was changed after the construct had set it`,
        fix: 'leave alertManagerDefinition alone, and give your configuration to the construct: alertManagerConfig: AlertManagerConfig.fromFile(…)',
        path: 'workspace',
      })],
    });
    return workspace;
  }

  private createLogging(retention: logs.RetentionDays): aps.CfnWorkspace.LoggingConfigurationProperty {
    const logGroup = new logs.LogGroup(this, 'Logs', {
      // AMP extends a resource policy that is limited in size, unless the name begins like this.
      logGroupName: `/aws/vendedlogs/prometheus/${Aws.STACK_NAME}/${Names.uniqueResourceName(this, { maxLength: 100 })}`,
      retention,
      // A log group of this name that stays would be in the way of the next deployment of the stack.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // CloudFormation's ARN of a log group ends in `:*`, as AMP demands.
    return { logGroupArn: logGroup.logGroupArn };
  }
}
