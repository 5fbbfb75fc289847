import * as aps from 'aws-cdk-lib/aws-aps';
import { Construct } from 'constructs';
import { CreatedWorkspaceSource } from './created-workspace';
import { OwnWorkspaceSource } from './own-workspace';
import type { NewWorkspaceOptions } from './workspace-options';
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
    return new AlertingWorkspace(new CreatedWorkspaceSource(options));
  }

  /**
   * A workspace resource of your own in the same stack, also one that `cdk import` brought there or that `CfnInclude` reads from a
   * template. It must not have an alert manager definition: the construct sets it. A workspace without a logging configuration gets a
   * log group.
   *
   * @param workspace the resource.
   */
  public static of(workspace: aps.CfnWorkspace): AlertingWorkspace {
    return new AlertingWorkspace(new OwnWorkspaceSource(workspace));
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
  public _validate(scope: Construct): Finding[] {
    return this.source.check(scope);
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
