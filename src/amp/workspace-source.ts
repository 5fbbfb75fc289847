import { Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct, IDependable } from 'constructs';
import type { IAlertingWorkspace } from './workspace';
import type { Finding } from '../findings/finding';

/** The fix when a workspace is given in a way that TypeScript would refuse. */
export const WAYS_TO_GIVE_A_WORKSPACE = 'use AlertingWorkspace.create({ … }); AlertingWorkspace.of(workspace) for a CfnWorkspace of the same '
  + 'stack; AlertingWorkspace.existing(workspace) for an ARN, an id, or the workspace of another stack or tool';

/** What every workspace needs to know of the rest. */
export interface WorkspaceContext {
  readonly alertManagerDefinition: string;
  readonly logRetention: logs.RetentionDays;
  /** For the log group of the workspace. */
  readonly encryptionKey?: kms.IKey;
}

/** A workspace in the construct tree. */
export interface BoundWorkspace extends IAlertingWorkspace {
  /**
   * Puts the alert manager definition into effect, unless it is part of the workspace's own resource.
   *
   * @param dependencies what must exist before AMP sends the first notification.
   * @returns what the rules must wait for in addition.
   */
  deployDefinition(dependencies: readonly IDependable[]): readonly IDependable[];
}

/** What rules must wait for, by workspace. A property would show in the type that users see. */
const RULE_DEPENDENCIES = new WeakMap<IAlertingWorkspace, readonly IDependable[]>();

/** Notes what must exist before a rule of the workspace can fire. */
export function setDependenciesOfRules(workspace: IAlertingWorkspace, dependencies: readonly IDependable[]): void {
  RULE_DEPENDENCIES.set(workspace, dependencies);
}

/** What rules in the scope must wait for. In another stack, the reference to the workspace makes the whole stack wait. */
export function dependenciesOfRules(scope: Construct, workspace: IAlertingWorkspace): readonly IDependable[] {
  return Construct.isConstruct(workspace) && Stack.of(workspace) === Stack.of(scope) ? RULE_DEPENDENCIES.get(workspace) ?? [] : [];
}

/** One way to get a workspace: create it, complete one of the same stack, or take an existing one. */
export interface WorkspaceSource {
  /** Checks the reference and the settings. */
  check(scope: Construct): Finding[];
  /** Checks what is special about the definition for this kind of workspace. */
  checkDefinition?(definition: string): Finding[];
  bind(scope: Construct, id: string, context: WorkspaceContext): BoundWorkspace;
}
