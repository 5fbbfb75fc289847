import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import { ExistingDefinition, OnRemoval } from '../contract/definition';

/** Settings of a workspace that the construct creates. */
export interface NewWorkspaceOptions {
  /**
   * The name that the console shows: 1 to 100 characters, not necessarily unique.
   *
   * @default - made from the path of the construct
   * @see https://docs.aws.amazon.com/prometheus/latest/APIReference/API_CreateWorkspace.html
   */
  readonly alias?: string;

  /**
   * What happens to the workspace, with all its metrics, when it leaves the stack.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * How long AMP keeps the metrics: whole days, at least 1. Can be changed in place.
   *
   * @default - AMP's default of 150 days
   * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-workspace-configuration.html
   */
  readonly retentionPeriod?: Duration;

  /**
   * A customer-managed KMS key that encrypts the workspace, in the account and Region of the stack.
   *
   * AMP sets the key at creation only. To add, change, or remove it later, CloudFormation replaces the workspace: the new one has
   * another URL and no metrics.
   *
   * @default - a key that AWS owns
   * @see https://docs.aws.amazon.com/prometheus/latest/userguide/encryption-at-rest-Amazon-Service-Prometheus.html
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * How far behind the current time AMP evaluates rules, so that samples that arrive late still count: 0 seconds to 24 hours, in
   * whole seconds. An alert fires later by as much.
   *
   * @default - AMP's default: 60 seconds for workspaces that are created since May 2026
   * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-workspace-configuration.html
   */
  readonly ruleQueryOffset?: Duration;

  /**
   * How old a sample can be, compared with the newest of its series, and still be stored: 0 to 600 seconds, in whole seconds. Set
   * `ruleQueryOffset` to at least as much, so that rules see these samples.
   *
   * @default - AMP's default of 60 seconds
   * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-workspace-configuration.html
   */
  readonly outOfOrderTimeWindow?: Duration;

  /**
   * Tags of the workspace, in addition to those of the app.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/** What happens to the alert manager definition of an existing workspace. */
export interface ExistingWorkspaceOptions {
  /**
   * What to do with an alert manager definition that the workspace has already, and that this construct did not write.
   *
   * @default ExistingDefinition.REFUSE
   */
  readonly existingDefinition?: ExistingDefinition;

  /**
   * What happens to the alert manager definition when the construct leaves the stack. A definition that somebody else has written or
   * edited since stays in every case.
   *
   * @default OnRemoval.RESTORE
   */
  readonly onRemoval?: OnRemoval;
}
