/**
 * Budgets, in bytes, for the environment variables whose length depends on the user. Lambda allows 4 KB for all environment
 * variables of a function, names and values together. The remaining variables are identifiers of AWS resources.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const EnvironmentBudget = {
  SEVERITY_MAP: 3000,
  ROUTING_KEY_NAMES: 1800,
  ENDPOINT: 1000,
  PROXY: 200,
} as const;

export function sizeInBytes(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

/**
 * The first names that fit into the budget, but at least two. The deliver function needs to know whether there is more than one
 * key, and which comes first for events without a key name. It finds the key of other events by name, whether or not it is listed.
 */
export function namesThatFit(names: readonly string[]): readonly string[] {
  const fitting: string[] = [];
  for (const name of names) {
    if (fitting.length >= 2 && sizeInBytes(JSON.stringify([...fitting, name])) > EnvironmentBudget.ROUTING_KEY_NAMES) {
      break;
    }
    fitting.push(name);
  }
  return fitting;
}
