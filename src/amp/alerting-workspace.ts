import * as aps from 'aws-cdk-lib/aws-aps';
import { Construct } from 'constructs';
import { CreatedWorkspaceSource } from './created-workspace';
import { ExistingWorkspaceSource } from './existing-workspace';
import { OwnWorkspaceSource } from './own-workspace';
import type { ExistingWorkspaceOptions, NewWorkspaceOptions } from './workspace-options';
import type { BoundWorkspace, WorkspaceContext, WorkspaceSource } from './workspace-source';
import type { Finding } from '../findings/finding';

/** Where the AMP workspace comes from. */
export class AlertingWorkspace {
  /**
   * A workspace that the construct creates, with a log group. It is retained when the stack is deleted, because it holds the metrics.
   *
   * @param options settings of the workspace, each with a default.
   */
  public static create(options: NewWorkspaceOptions = {}): AlertingWorkspace {
    return new AlertingWorkspace(new CreatedWorkspaceSource(options ?? {}));
  }

  /**
   * Your own workspace resource in the same stack, also one that `cdk import` brought there or that `CfnInclude` reads from a
   * template. It must not have an alert manager definition: the construct sets it. A workspace without a logging configuration gets a
   * log group.
   *
   * @param workspace the resource.
   */
  public static of(workspace: aps.CfnWorkspace): AlertingWorkspace {
    return new AlertingWorkspace(new OwnWorkspaceSource(workspace));
  }

  /**
   * A workspace that another stack or another tool owns, in the account and Region of the stack. The construct sets its alert manager
   * definition through a function of its own, after everything that delivers exists, and leaves everything else about it alone, such as
   * its logging. AMP's reason is the error of the deployment if it does not accept the definition.
   *
   * An edit of the definition in the console is overwritten by the next deployment that changes the definition.
   *
   * @param workspace the ARN, the id, or a reference such as a `CfnWorkspace` of another stack. A text that is known at deployment only
   * must be an ARN.
   * @param options what happens to a definition that the workspace has already, and on removal.
   */
  public static existing(workspace: string | aps.IWorkspaceRef, options: ExistingWorkspaceOptions = {}): AlertingWorkspace {
    return new AlertingWorkspace(new ExistingWorkspaceSource(workspace, options ?? {}));
  }

  private readonly source: WorkspaceSource;

  private constructor(source: WorkspaceSource) {
    this.source = source;
  }

  /**
   * Checks the settings.
   *
   * @internal
   */
  public _validate(scope: Construct, definition: string): Finding[] {
    return [...this.source.check(scope), ...this.source.checkDefinition?.(definition) ?? []];
  }

  /**
   * Creates what the workspace needs.
   *
   * @internal
   */
  public _bind(scope: Construct, id: string, context: WorkspaceContext): BoundWorkspace {
    return this.source.bind(scope, id, context);
  }
}
