import { IResource, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { FindingCode } from '../findings/codes';
import { Finding, FindingSeverity } from '../findings/finding';

/** Checks that a resource is in the Region of the scope. The functions and queues can use only resources in their own Region. */
export function checkRegion(code: FindingCode, path: string, kind: string, resource: IResource | undefined, scope: Construct): Finding[] {
  const ours = Stack.of(scope).region;
  if (resource === undefined || Token.compareStrings(resource.env.region, ours) !== TokenComparison.DIFFERENT) {
    return [];
  }
  return [{
    code,
    severity: FindingSeverity.ERROR,
    message: `the ${kind} ${resource.node.path} is in region ${resource.env.region}, the relay will be in region ${ours}`,
    fix: `use a ${kind} of region ${ours}; a replica will do`,
    path,
  }];
}
