import { IResource, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { FindingCode } from '../findings/codes';
import type { FindingReporter } from '../findings/reporter';

/** What is checked: the prop that gives the resource, and what kind of resource it is. */
export interface CheckedResource {
  readonly code: FindingCode;
  readonly prop: string;
  readonly kind: string;
}

/** Checks that a resource is in the Region of the scope. The functions and queues can use only resources in their own Region. */
export function checkRegion(
  { code, prop, kind }: CheckedResource, resource: IResource | undefined, scope: Construct, reporter: FindingReporter,
): void {
  const ours = Stack.of(scope).region;
  if (resource !== undefined && Token.compareStrings(resource.env.region, ours) === TokenComparison.DIFFERENT) {
    reporter.error(prop, {
      code,
      message: `the ${kind} ${resource.node.path} is in region ${resource.env.region}, the relay will be in region ${ours}`,
      fix: `use a ${kind} of region ${ours}; a replica will do`,
    });
  }
}
