import { Arn, ArnFormat, Fn, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import * as aps from 'aws-cdk-lib/aws-aps';
import { Construct } from 'constructs';
import type { IAlertingWorkspace } from './workspace';
import type { FindingReporter } from '../findings/reporter';

/** What the user names an existing workspace by. */
export type WorkspaceReference = string | aps.IWorkspaceRef;

const WORKSPACE_ID = /^ws-[0-9A-Za-z][-.0-9A-Z_a-z]*$/;
/** No `*` and no white space: policies name the ARN, and must not reach another workspace. */
const WORKSPACE_ARN = /^arn:[^:*\s]*:aps:[^:*\s]*:[^:*\s]*:workspace\/[-.\w<>]+$/;

const ALLOWED = 'give its ARN, such as arn:aws:aps:eu-west-1:111122223333:workspace/ws-12345678-1234-1234-1234-123456789012, its id, an IWorkspaceRef, '
  + 'or alerting.workspace to AmpRules';

/** Checks that the reference names a workspace that the functions of the scope can reach: one of its account and Region. */
export function checkWorkspaceReference(reference: WorkspaceReference, scope: Construct, reporter: FindingReporter): void {
  const given = textOf(reference);
  if (given === undefined) {
    reporter.error('workspace', {
      code: 'workspace-arn-invalid', message: 'the workspace is not given as text or as an IWorkspaceRef', fix: ALLOWED,
    });
    return;
  }
  if (isOpaque(given) || isId(given)) {
    return;
  }
  if (!WORKSPACE_ARN.test(withoutTokens(given))) {
    reporter.error('workspace', {
      code: 'workspace-arn-invalid', message: `"${withoutTokens(given)}" is not the ARN or the id of a workspace`, fix: ALLOWED,
    });
    return;
  }
  const { region, account } = Arn.split(given, ArnFormat.SLASH_RESOURCE_NAME);
  const stack = Stack.of(scope);
  for (const [kind, theirs, ours] of [['account', account, stack.account], ['Region', region, stack.region]] as const) {
    if (Token.compareStrings(theirs ?? '', ours) === TokenComparison.DIFFERENT) {
      reporter.error('workspace', {
        code: 'workspace-other-environment',
        message: `the workspace ${withoutTokens(given)} is in the ${kind} ${theirs}, the stack ${stack.node.path} in the ${kind} ${ours}`,
        fix: 'AMP publishes to topics of its own account, and Lambda functions serve one Region: create the construct in a stack with the env of the workspace',
      });
    }
  }
}

/** The ARN, id, and endpoint of the workspace. A text that is known at deployment only must be an ARN. */
export function resolveWorkspaceReference(reference: WorkspaceReference, scope: Construct): IAlertingWorkspace {
  if (reference instanceof aps.CfnWorkspace) {
    const { attrArn, attrWorkspaceId, attrPrometheusEndpoint } = reference;
    return { workspaceArn: attrArn, workspaceId: attrWorkspaceId, prometheusEndpoint: attrPrometheusEndpoint };
  }
  const stack = Stack.of(scope);
  const given = textOf(reference) ?? '';
  const arn = isId(given) ? stack.formatArn({ service: 'aps', resource: 'workspace', resourceName: given }) : given;
  const { region, resourceName } = isOpaque(arn)
    ? { region: stack.region, resourceName: Fn.select(1, Fn.split('/', arn)) }
    : Arn.split(arn, ArnFormat.SLASH_RESOURCE_NAME);
  const workspaceId = resourceName ?? '';
  return {
    workspaceArn: arn,
    workspaceId,
    prometheusEndpoint: `https://aps-workspaces.${region}.${stack.urlSuffix}/workspaces/${workspaceId}/api/v1/`,
  };
}

function textOf(reference: unknown): string | undefined {
  if (typeof reference === 'string') {
    return reference;
  }
  const arn = (reference as Partial<aps.IWorkspaceRef> | undefined)?.workspaceRef?.workspaceArn;
  return typeof arn === 'string' ? arn : undefined;
}

/** A text of which nothing is known before deployment. */
function isOpaque(text: string): boolean {
  return Token.isUnresolved(text) && !text.startsWith('arn:');
}

function isId(text: string): boolean {
  return !Token.isUnresolved(text) && WORKSPACE_ID.test(text);
}

/** For patterns and messages: a token has colons of its own. */
function withoutTokens(text: string): string {
  return text.replace(/\$\{Token\[[^\]]*\]\}/g, '<token>');
}
