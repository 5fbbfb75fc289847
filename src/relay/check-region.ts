import { IResource, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { FindingCode } from '../findings/codes';
import { Finding, FindingSeverity } from '../findings/finding';

/** Whether the functions and queues of the scope can use a resource: AWS would look for it in their own region only. */
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
