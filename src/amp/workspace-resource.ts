import * as aps from 'aws-cdk-lib/aws-aps';
import { Construct, IDependable } from 'constructs';
import type { BoundWorkspace } from './workspace-source';
import { formatFinding } from '../findings/format';
import { FindingReporter } from '../findings/reporter';

/** A workspace whose resource is in the stack: the definition is a property of it. */
export abstract class WorkspaceResource extends Construct implements BoundWorkspace {
  public abstract readonly cfnWorkspace: aps.CfnWorkspace;

  public get workspaceArn(): string {
    return this.cfnWorkspace.attrArn;
  }

  public get workspaceId(): string {
    return this.cfnWorkspace.attrWorkspaceId;
  }

  public get prometheusEndpoint(): string {
    return this.cfnWorkspace.attrPrometheusEndpoint;
  }

  public deployDefinition(): IDependable[] {
    return [];
  }

  /** Checks at synthesis what the app can change on the resource at any time. */
  protected checkResource(check: (reporter: FindingReporter) => void): void {
    this.node.addValidation({
      validate: () => {
        const reporter = FindingReporter.forProps();
        check(reporter);
        return reporter.findings.map((finding) => formatFinding(finding));
      },
    });
  }
}
