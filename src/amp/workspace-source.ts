import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct, IDependable } from 'constructs';
import type { IAlertingWorkspace } from './workspace';
import type { Finding } from '../findings/finding';

/** What every workspace needs to know of the rest. */
export interface WorkspaceContext {
  readonly alertManagerDefinition: string;
  readonly logRetention: logs.RetentionDays;
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

/** One way to get a workspace: create it, complete one of the same stack, or take an existing one. */
export interface WorkspaceSource {
  /** Checks the reference and the settings. */
  check(scope: Construct): Finding[];
  /** Checks what is special about the definition for this kind of workspace. */
  checkDefinition?(definition: string): Finding[];
  bind(scope: Construct, id: string, context: WorkspaceContext): BoundWorkspace;
}
