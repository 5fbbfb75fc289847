import type { FindingReporter } from '../../findings/reporter';

/**
 * AMP's limit for a definition, in bytes.
 *
 * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP_quotas.html
 */
export const DEFINITION_LIMIT = 1_000_000;

/**
 * CloudFormation's limit for a whole template, in bytes (1 MB, read as the smaller of its two meanings).
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
export const TEMPLATE_LIMIT = 1_000_000;

/** From here on the definition leaves less than a fifth of the template to everything else in the stack. */
export const TEMPLATE_WARNING = 800_000;

/** Whether AMP and CloudFormation take a definition of this size and content. */
export function checkDefinition(definition: string, reporter: FindingReporter): void {
  if (definition.includes('{{resolve:')) {
    reporter.error([], {
      code: 'definition-dynamic-reference',
      message: 'the configuration contains "{{resolve:", which CloudFormation would replace by a value of its own',
      fix: 'remove the dynamic reference; routing keys belong into the secret',
    });
  }
  const bytes = Buffer.byteLength(definition);
  const shorten = 'shorten templates, split the configuration over several workspaces, or use fewer routes per receiver: '
    + 'a receiver is written once for every route that leads to it';
  if (bytes > DEFINITION_LIMIT) {
    reporter.error([], {
      code: 'definition-too-large',
      message: `the alert manager definition has ${count(bytes)} bytes; AMP takes at most ${count(DEFINITION_LIMIT)}`,
      fix: shorten,
    });
    return;
  }
  const escaped = Buffer.byteLength(JSON.stringify(definition));
  if (escaped > TEMPLATE_LIMIT) {
    reporter.error([], {
      code: 'definition-too-large',
      message: `the alert manager definition takes ${count(escaped)} bytes in the template; CloudFormation takes at most ${count(TEMPLATE_LIMIT)} `
      + 'for a whole template',
      fix: shorten,
    });
  } else if (escaped > TEMPLATE_WARNING) {
    reporter.warning([], {
      code: 'definition-large',
      message: `the alert manager definition takes ${count(escaped)} bytes of the ${count(TEMPLATE_LIMIT)} that CloudFormation allows for a whole template`,
      fix: `keep the construct in a stack of its own, and ${shorten}`,
    });
  }
}

function count(bytes: number): string {
  return bytes.toLocaleString('en-US');
}
