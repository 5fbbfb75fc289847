/**
 * Lambda allows 4 KB for all environment variables of a function, names and values together. What the user decides about is
 * kept within these budgets, in bytes; the rest are identifiers, whose length AWS decides about.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const EnvironmentBudget = {
  SEVERITY_MAP: 3000,
  ROUTING_KEY_NAMES: 2000,
  ENDPOINT: 1000,
} as const;

export function sizeInBytes(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

/**
 * As many of the names as fit, and two at least: the deliver function has to know that there are several, and which comes first
 * for events that name none. It finds the key of an event by the name in the event, in this list or not.
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
