import { CfnResource, Stack } from 'aws-cdk-lib';
import * as aps from 'aws-cdk-lib/aws-aps';
import { Construct, IConstruct } from 'constructs';
import { DEFINITION_RESOURCE_TYPE, DefinitionProperty } from '../contract/definition';
import { FindingSeverity } from '../findings/finding';
import { formatFinding } from '../findings/format';

/**
 * CloudFormation's limit for a template, in bytes (1 MB, read as the smaller of its two meanings).
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
const MAX_TEMPLATE_BYTES = 1_000_000;

/** More resources are not listed. */
const MAX_LISTED = 5;

/** Checks at synthesis that the rules and the definition of the scope's stack fit into one template, whoever brings them. */
export function checkTemplateSize(scope: Construct): void {
  scope.node.addValidation({
    validate: () => {
      const texts = textsIn(Stack.of(scope));
      const total = texts.reduce((sum, { bytes }) => sum + bytes, 0);
      // One of the constructs reports for all.
      if (total <= MAX_TEMPLATE_BYTES || texts.find(({ node }) => node.node.path.startsWith(`${scope.node.path}/`)) !== texts[0]) {
        return [];
      }
      const largest = [...texts].sort((a, b) => b.bytes - a.bytes).slice(0, MAX_LISTED);
      return [formatFinding({
        code: 'template-too-large',
        severity: FindingSeverity.ERROR,
        message: `rules and alert manager definition take ${count(total)} bytes of the template of ${Stack.of(scope).node.path}; `
          + `CloudFormation takes ${count(MAX_TEMPLATE_BYTES)}. Largest: ${largest.map(({ node, bytes }) => `${node.node.path} ${count(bytes)}`).join(', ')}`,
        fix: 'move rules to other stacks: new AmpRules(otherStack, id, { workspace: alerting.workspace, rules })',
      })];
    },
  });
}

interface SizedText {
  readonly node: IConstruct;
  /** As JSON in the template. */
  readonly bytes: number;
}

function textsIn(stack: Stack): SizedText[] {
  return stack.node.findAll()
    .map((node) => ({ node, text: textOf(node) }))
    .filter(({ node, text }) => text !== undefined && Stack.of(node) === stack)
    .map(({ node, text }) => ({ node, bytes: bytesOf(stack, text) }));
}

function textOf(node: IConstruct): string | undefined {
  if (node instanceof aps.CfnRuleGroupsNamespace) {
    return node.data;
  }
  if (node instanceof aps.CfnWorkspace) {
    return node.alertManagerDefinition;
  }
  // A custom resource has no typed properties.
  const { cfnResourceType, _cfnProperties: properties } = node as Partial<CfnResource> & { readonly _cfnProperties?: Record<string, unknown> };
  const definition = cfnResourceType === DEFINITION_RESOURCE_TYPE ? properties?.[DefinitionProperty.DEFINITION] : undefined;
  return typeof definition === 'string' ? definition : undefined;
}

function bytesOf(stack: Stack, text: string | undefined): number {
  return text === undefined ? 0 : Buffer.byteLength(JSON.stringify(stack.resolve(text)));
}

function count(bytes: number): string {
  return bytes.toLocaleString('en-US');
}
