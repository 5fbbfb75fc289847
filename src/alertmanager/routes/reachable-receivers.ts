import { isRegexp } from '../matchers/parse';
import type { MatcherConfig, RouteConfig } from '../model';

/** What is known of an alert before it fires: labels of its rule. Other labels can have any value. */
export interface KnownLabels {
  readonly [name: string]: string;
}

/** Whether an alert matches, as far as its known labels say. */
type Match = 'yes' | 'no' | 'maybe';

/** The names of the receivers that an alert with these labels can reach. */
export function findReachableReceivers(root: RouteConfig, labels: KnownLabels): Set<string> {
  const reached = new Set<string>();
  visit(root, root.receiver ?? '', labels, reached);
  return reached;
}

/** Alertmanager's order: children first, the first that matches ends the search unless it continues, else the route itself. */
function visit(route: RouteConfig, inherited: string, labels: KnownLabels, reached: Set<string>): void {
  const receiver = route.receiver || inherited;
  let isOwn = true;
  for (const child of route.routes) {
    const match = matchAll(child.matchers, labels);
    if (match !== 'no') {
      visit(child, receiver, labels, reached);
    }
    if (match === 'yes') {
      isOwn = false;
      if (!child.continue) break;
    }
  }
  if (isOwn) {
    reached.add(receiver);
  }
}

function matchAll(matchers: readonly MatcherConfig[], labels: KnownLabels): Match {
  const matches = matchers.map((matcher) => matchOne(matcher, labels));
  return matches.includes('no') ? 'no' : matches.includes('maybe') ? 'maybe' : 'yes';
}

function matchOne({ name, type, value }: MatcherConfig, labels: KnownLabels): Match {
  if (!Object.hasOwn(labels, name)) {
    return 'maybe';
  }
  const isEqual = isRegexp(type) ? matchSimpleRegexp(value, labels[name]) : labels[name] === value;
  if (isEqual === undefined) {
    return 'maybe';
  }
  return isEqual === type.startsWith('=') ? 'yes' : 'no';
}

/** Syntax that means the same in Go and in JavaScript: literals, classes of characters, groups, alternatives, and repetitions. */
const SIMPLE_REGEXP = /^(?:[\w\s:;,/@%&~"'`=<>!-]|\\[.+*?()[\]|^$\\/-]|[.*+?|$]|\((?:\?:)?|\)|\^|\[\^?[\w.:-]+\])*$/;

function matchSimpleRegexp(expression: string, text: string): boolean | undefined {
  if (!SIMPLE_REGEXP.test(expression)) {
    return undefined;
  }
  try {
    return new RegExp(`^(?:${expression})$`, 's').test(text);
  } catch {
    return undefined;
  }
}
