import * as aps from 'aws-cdk-lib/aws-aps';
import { Construct, IDependable } from 'constructs';
import { checkSingleWriter } from './check-single-writer';
import { compressDefinition } from './compress-definition';
import { DefinitionResource } from './definition-resource';
import type { IAlertingWorkspace } from './workspace';
import type { ExistingWorkspaceOptions } from './workspace-options';
import { checkWorkspaceReference, resolveWorkspaceReference, WorkspaceReference } from './workspace-reference';
import type { BoundWorkspace, WorkspaceContext, WorkspaceSource } from './workspace-source';
import { ExistingDefinition, OnRemoval } from '../contract/definition';
import { checkChoice } from '../findings/check-choice';
import type { Finding } from '../findings/finding';
import { FindingReporter } from '../findings/reporter';

/**
 * The longest definition that the properties of a custom resource can carry, in bytes after compression. AWS Lambda takes 1 MB for an
 * asynchronous invocation, and an update carries the old properties beside the new ones.
 */
const MAX_COMPRESSED_BYTES = 200_000;

/** A workspace that another stack or another tool owns. */
export class ExistingWorkspaceSource implements WorkspaceSource {
  constructor(private readonly reference: WorkspaceReference, private readonly options: ExistingWorkspaceOptions) {}

  public check(scope: Construct): Finding[] {
    const reporter = FindingReporter.forProps();
    checkWorkspaceReference(this.reference, scope, reporter);
    checkChoice('workspace.existingDefinition', this.options.existingDefinition, ExistingDefinition, reporter);
    checkChoice('workspace.onRemoval', this.options.onRemoval, OnRemoval, reporter);
    if (this.reference instanceof aps.CfnWorkspace && this.reference.alertManagerDefinition !== undefined) {
      reporter.error('workspace', {
        code: 'workspace-has-definition',
        message: `the workspace ${this.reference.node.path} has an alert manager definition of its own in this app`,
        fix: 'leave alertManagerDefinition unset: a workspace has one definition, and the construct writes it',
      });
    }
    if (reporter.errorCount === 0) {
      checkSingleWriter(scope, resolveWorkspaceReference(this.reference, scope), reporter);
    }
    return reporter.findings;
  }

  public bind(scope: Construct, id: string, context: WorkspaceContext): BoundWorkspace {
    return new ExistingWorkspace(scope, id, resolveWorkspaceReference(this.reference, scope), this.options, context);
  }

  public checkDefinition(definition: string): Finding[] {
    const bytes = compressDefinition(definition).data.length;
    const reporter = FindingReporter.forProps();
    if (bytes > MAX_COMPRESSED_BYTES) {
      reporter.error('workspace', {
        code: 'definition-too-large',
        message: `the alert manager definition has ${bytes.toLocaleString('en-US')} bytes after compression; for an existing workspace it must have at most ${MAX_COMPRESSED_BYTES.toLocaleString('en-US')}`,
        fix: 'shorten templates and routes, or let the stack own the workspace: AlertingWorkspace.of(workspace) after cdk import',
      });
    }
    return reporter.findings;
  }
}

/** The workspace of somebody else, of which the construct sets the definition and nothing else. */
class ExistingWorkspace extends Construct implements BoundWorkspace {
  public readonly workspaceArn: string;
  public readonly workspaceId: string;
  public readonly prometheusEndpoint: string;

  constructor(
    scope: Construct, id: string, workspace: IAlertingWorkspace,
    private readonly options: ExistingWorkspaceOptions, private readonly context: WorkspaceContext,
  ) {
    super(scope, id);
    this.workspaceArn = workspace.workspaceArn;
    this.workspaceId = workspace.workspaceId;
    this.prometheusEndpoint = workspace.prometheusEndpoint;
  }

  /** The rules of the workspace are active: the definition takes effect when everything behind it can deliver. */
  public deployDefinition(dependencies: readonly IDependable[]): IDependable[] {
    const { resource } = new DefinitionResource(this, 'Definition', {
      workspace: this,
      definition: compressDefinition(this.context.alertManagerDefinition),
      existingDefinition: this.options.existingDefinition ?? ExistingDefinition.REFUSE,
      onRemoval: this.options.onRemoval ?? OnRemoval.RESTORE,
      logRetention: this.context.logRetention,
      encryptionKey: this.context.encryptionKey,
    });
    resource.node.addDependency(...dependencies);
    return [resource];
  }
}
