import { UsageError } from './console';
import { PromqlVersion } from '../rules/promql-version';

/**
 * The value that the text of an option names.
 *
 * @throws UsageError for a text that names none.
 */
export function choose<T>(flag: string, text: string, choices: { readonly [name: string]: T }): T {
  if (!Object.hasOwn(choices, text)) {
    throw new UsageError(`${flag} is ${Object.keys(choices).join(' or ')}, not ${JSON.stringify(text)}`);
  }
  return choices[text];
}

/** The value of `--promql`. */
export function parsePromql(text: string): PromqlVersion {
  return choose('--promql', text, { 'cortex': PromqlVersion.CORTEX, 'prometheus-3.16': PromqlVersion.PROMETHEUS_3_16 });
}
