import { didYouMean } from './near-miss';
import type { FindingReporter } from './reporter';

/**
 * Checks an option that is an enum. JavaScript lets any text through where TypeScript has an enum, and an unknown one would have no
 * effect.
 *
 * @param path of the option, such as `workspace.onRemoval`.
 * @param choices the enum.
 */
export function checkChoice(path: string, value: unknown, choices: { readonly [name: string]: string }, reporter: FindingReporter): void {
  const allowed = Object.values(choices);
  if (value === undefined || value === null || allowed.some((choice) => choice === value)) {
    return;
  }
  reporter.error(path, {
    code: 'choice-unknown',
    message: `${path} is ${typeof value === 'string' ? `"${value}"` : `a value of the type ${typeof value}`}`,
    fix: `${typeof value === 'string' ? didYouMean(value, allowed) : ''}it must be one of ${allowed.join(', ')}`,
  });
}
