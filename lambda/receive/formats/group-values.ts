/**
 * The values of the group labels, derived from the labels that all alerts share and by the default subject, which prints them as
 * `<group values> (<other values>)`: both joined by spaces, both in the order of the labels.
 *
 * Values can hold spaces and parentheses, so every place where the parentheses can begin is tried. `undefined` when there is
 * no solution, or when solutions differ.
 */
export function groupValuesOf(rest: string, labels: ReadonlyArray<readonly [name: string, value: string]>): readonly string[] | undefined {
  const values = labels.map(([, value]) => value);
  const solutions = new Map<string, readonly string[]>();
  for (const [group, others] of splitsOf(rest)) {
    for (const solution of divisionsOf(values, group, others)) solutions.set(JSON.stringify(solution), solution);
    if (solutions.size > 1) return undefined;
  }
  const [solution] = solutions.values();
  return solution;
}

/** Alertmanager prints a space behind the group values even when no others follow; on the way it can get lost. */
function splitsOf(rest: string): Array<readonly [group: string, others: string | undefined]> {
  const withoutOthers = [rest.replace(/ $/, ''), rest].map((group) => [group, undefined] as const);
  if (!rest.endsWith(')')) return withoutOthers;
  const openings = Array.from(rest.matchAll(/ \(|^\(/g), ({ index }) => index).slice(0, MAX_OPENINGS);
  return [...withoutOthers, ...openings.map((at) => [rest.slice(0, at), rest.slice(rest.indexOf('(', at) + 1, -1)] as const)];
}

const MAX_OPENINGS = 20;

/** A division is cheap to continue, but values like `a`, `a a` and `a a a` have many: two that differ are enough. */
const MAX_STEPS = 5000;

/** Up to two divisions of the values, in their order, into those that print the group and those that print the others. */
function divisionsOf(values: readonly string[], group: string, others: string | undefined): string[][] {
  const found = new Map<string, string[]>();
  const seen = new Set<string>();
  let steps = 0;
  const divide = (index: number, groupAt: number, othersAt: number, taken: readonly string[]): void => {
    if (found.size > 1 || (steps += 1) > MAX_STEPS) return;
    // With the same values taken, the rest has the same solutions.
    const state = JSON.stringify([index, groupAt, othersAt, taken]);
    if (seen.has(state)) return;
    seen.add(state);
    if (index === values.length) {
      if (isWhole(group, groupAt) && (others === undefined || isWhole(others, othersAt))) found.set(JSON.stringify(taken), [...taken]);
      return;
    }
    const value = values[index];
    if (standsAt(group, groupAt, value)) divide(index + 1, groupAt + value.length + 1, othersAt, [...taken, value]);
    if (others !== undefined && standsAt(others, othersAt, value)) divide(index + 1, groupAt, othersAt + value.length + 1, taken);
  };
  divide(0, 0, 0, []);
  return steps > MAX_STEPS ? [] : Array.from(found.values());
}

/** Whether all of a text was found: behind its last value, or at the start of a text without values. */
function isWhole(text: string, at: number): boolean {
  return at === (text === '' ? 0 : text.length + 1);
}

/** Whether a text has the value at a place, and a space or its end behind it. */
function standsAt(text: string, at: number, value: string): boolean {
  const end = at + value.length;
  return text.startsWith(value, at) && (end === text.length || text[end] === ' ');
}
