import * as cdk from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** A rule of cdk-nag that does not apply to a resource. */
export interface NagRule {
  readonly pack: string;
  readonly id: string;
  /** What the rule objects to, such as `Resource::*`, if the rule reports each objection of its own. Version 3 needs it then. */
  readonly objection?: string;
  readonly reason: string;
}

/** What later versions of aws-cdk-lib have for validations of any kind. The lowest supported version lacks it. */
interface WithValidations {
  readonly Validations?: {
    of(scope: IConstruct): { acknowledge(rule: { readonly id: string; readonly reason: string }): void };
  };
}

/**
 * Acknowledges a rule for whichever version of cdk-nag the user has: up to version 2 reads metadata of the resource, version 3 what the
 * CDK itself knows to be acknowledged. Earlier versions of the CDK refuse an id with a second `::`, as an objection has; there, the user
 * acknowledges it.
 *
 * @param library aws-cdk-lib, as far as it is installed.
 */
export function acknowledgeNagRule(resource: cdk.CfnResource, rule: NagRule, library: WithValidations = cdk as object): void {
  const { pack, id, objection, reason } = rule;
  resource.addMetadata('cdk_nag', { rules_to_suppress: [objection ? { id, reason, appliesTo: [objection] } : { id, reason }] });
  try {
    library.Validations?.of(resource).acknowledge({ id: `${pack}::${id}${objection ? `[${objection}]` : ''}`, reason });
  } catch (error) {
    if (!objection?.includes('::')) throw error;
  }
}
