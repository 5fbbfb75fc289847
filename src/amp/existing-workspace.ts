import * as aps from 'aws-cdk-lib/aws-aps';
import { Construct, IDependable } from 'constructs';
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
      this.checkOwnership(scope, reporter);
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

  /** Two constructs of one app that write the definition of one workspace would overwrite each other's. */
  private checkOwnership(scope: Construct, reporter: FindingReporter): void {
    const { workspaceArn, workspaceId } = resolveWorkspaceReference(this.reference, scope);
    // By id as well: the ARN of a workspace that is given by its id has tokens.
    const other = scope.node.root.node.findAll().find((node) => node instanceof ExistingWorkspace
      && (node.workspaceArn === workspaceArn || node.workspaceId === workspaceId));
    if (other) {
      reporter.error('workspace', {
        code: 'workspace-shared',
        message: `${other.node.scope?.node.path} writes the alert manager definition of this workspace already`,
        fix: 'use one AmpPagerDutyAlerting per workspace, and AmpRules for the rules of other stacks',
      });
    }
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
