import { CfnElement, CfnResource, Stack } from 'aws-cdk-lib';
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

/** With less in rules and definition, the rest of the template is not measured, which takes time: it would be too large without them. */
const MIN_BYTES_TO_MEASURE = 0.7 * MAX_TEMPLATE_BYTES;

/** More resources are not listed. */
const MAX_LISTED = 5;

/** Checks at synthesis that the rules and the definition of the scope's stack fit into one template, whoever brings them. */
export function checkTemplateSize(scope: Construct): void {
  scope.node.addValidation({
    validate: () => {
      const stack = Stack.of(scope);
      const texts = textsIn(stack);
      const ours = texts.reduce((sum, { bytes }) => sum + bytes, 0);
      // One of the constructs reports for all.
      if (ours < MIN_BYTES_TO_MEASURE || texts.find(({ node }) => node.node.path.startsWith(`${scope.node.path}/`)) !== texts[0]) {
        return [];
      }
      const total = bytesOfTemplate(stack);
      if (total <= MAX_TEMPLATE_BYTES) {
        return [];
      }
      const largest = [...texts].sort((a, b) => b.bytes - a.bytes).slice(0, MAX_LISTED);
      return [formatFinding({
        code: 'template-too-large',
        severity: FindingSeverity.ERROR,
        message: `the template of ${stack.node.path} has ${count(total)} bytes or more, of which rules and alert manager definition take ${count(ours)}; `
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

/** Without the indentation and the punctuation between elements: what is too large here is too large in every case. */
function bytesOfTemplate(stack: Stack): number {
  return stack.node.findAll()
    .filter((node): node is CfnElement => CfnElement.isCfnElement(node) && Stack.of(node) === stack)
    // Each element is a template of its own, with one entry of one section.
    .flatMap((element) => Object.values(stack.resolve(element._toCloudFormation()) as object))
    .reduce((sum: number, section) => sum + Buffer.byteLength(JSON.stringify(section)) - '{}'.length, 0);
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
