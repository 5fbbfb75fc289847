import { Aws, CfnResource, Duration, Fn, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { CompressedDefinition } from './compress-definition';
import type { IAlertingWorkspace } from './workspace';
import { BackupObject, DEFINITION_RESOURCE_TYPE, DefinitionProperty, ExistingDefinition, OnRemoval } from '../contract/definition';
import { acknowledgeNagRule } from '../findings/acknowledge-nag-rule';
import { BundledFunction } from '../functions/bundled-function';

/** AMP takes up to two minutes for an operation, and several can follow each other. */
const FUNCTION_TIMEOUT = Duration.minutes(12);

/** CloudFormation fails the resource after it, instead of after its default of an hour. */
const SERVICE_TIMEOUT = Duration.minutes(15);

const MEMORY_SIZE_MIB = 256;

export interface DefinitionResourceProps {
  readonly workspace: IAlertingWorkspace;
  readonly definition: CompressedDefinition;
  readonly existingDefinition: ExistingDefinition;
  readonly onRemoval: OnRemoval;
  readonly logRetention: logs.RetentionDays;
  /** Encrypts the log group. */
  readonly encryptionKey?: kms.IKey;
}

/**
 * Sets the alert manager definition of a workspace that the stack does not own, for which AWS CloudFormation has no resource: a custom
 * resource with a function of its own, which can do nothing else.
 */
export class DefinitionResource extends Construct {
  /** The custom resource itself, for what must come before or after it. */
  public readonly resource: CfnResource;

  constructor(scope: Construct, id: string, props: DefinitionResourceProps) {
    super(scope, id);
    const { workspace, definition, existingDefinition, onRemoval } = props;
    const backups = existingDefinition === ExistingDefinition.REPLACE ? this.createBackups() : undefined;
    const provider = this.createFunction(props);
    grantDefinition(provider, workspace);
    if (backups) {
      grantBackups(provider, backups, workspace);
    }
    this.resource = new CfnResource(this, 'Resource', {
      type: DEFINITION_RESOURCE_TYPE,
      properties: {
        ServiceToken: provider.functionArn,
        ServiceTimeout: SERVICE_TIMEOUT.toSeconds(),
        [DefinitionProperty.WORKSPACE_ID]: workspace.workspaceId,
        [DefinitionProperty.DEFINITION]: definition.data,
        [DefinitionProperty.VALUES]: definition.values,
        [DefinitionProperty.DIGEST]: definition.digest,
        [DefinitionProperty.EXISTING_DEFINITION]: existingDefinition,
        [DefinitionProperty.ON_REMOVAL]: onRemoval,
        [DefinitionProperty.BACKUP_BUCKET]: backups?.bucketName,
      },
    });
    if (onRemoval === OnRemoval.KEEP) {
      this.resource.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    }
  }

  private createFunction({ logRetention, encryptionKey }: DefinitionResourceProps): lambda.Function {
    const { function: provider } = new BundledFunction(this, 'Provider', {
      bundle: 'definition',
      description: 'Sets the alert manager definition of an existing AMP workspace for AWS CloudFormation',
      environment: {},
      timeout: FUNCTION_TIMEOUT,
      memorySize: MEMORY_SIZE_MIB,
      logRetention,
      encryptionKey,
    });
    // CloudFormation has given up by then: an event that is delivered again later must not change anything.
    provider.configureAsyncInvoke({ maxEventAge: SERVICE_TIMEOUT, retryAttempts: 2 });
    return provider;
  }

  /** Keeps what was replaced, also when the stack is gone. */
  private createBackups(): s3.Bucket {
    const bucket = new s3.Bucket(this, 'Replaced', {
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      encryption: s3.BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledgeNagRule(bucket.node.defaultChild as CfnResource, {
      pack: 'AwsSolutions',
      id: 'AwsSolutions-S1',
      reason: 'The bucket holds one small file per workspace, which only the function of the construct writes and reads.',
    });
    return bucket;
  }
}

function grantDefinition(grantee: iam.IGrantable, workspace: IAlertingWorkspace): void {
  iam.Grant.addToPrincipal({
    grantee,
    actions: [
      'aps:CreateAlertManagerDefinition',
      'aps:DescribeAlertManagerDefinition',
      'aps:PutAlertManagerDefinition',
      'aps:DeleteAlertManagerDefinition',
    ],
    resourceArns: [workspace.workspaceArn],
  });
}

function grantBackups(grantee: iam.IGrantable, bucket: s3.IBucket, { workspaceId }: IAlertingWorkspace): void {
  const stack = Fn.select(2, Fn.split('/', Aws.STACK_ID));
  const objects = Object.values(BackupObject).map((name) => bucket.arnForObjects(`${workspaceId}/${stack}/${name}`));
  iam.Grant.addToPrincipal({ grantee, actions: ['s3:GetObject', 's3:PutObject'], resourceArns: objects });
  // Without it, Amazon S3 answers "access denied" instead of "no such key" when nothing was replaced. A condition on the prefix would
  // have the same effect, because a read has no prefix.
  iam.Grant.addToPrincipal({ grantee, actions: ['s3:ListBucket'], resourceArns: [bucket.bucketArn] });
}
