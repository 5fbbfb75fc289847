import { SYSDIG_LABEL, sysdigLabel, type SysdigSettings } from '../../../src/contract/sysdig';

/** The scope of an event, and what it is made of. */
export interface SysdigScope {
  /** `label = "value"`, joined by `and`; undefined if no annotation can be part of it. */
  readonly text?: string;
  /** The annotations that are part of it. */
  readonly annotations: ReadonlySet<string>;
}

/** Annotations for people. As a scope, they would match nothing. */
const TEXTS = new Set(['severity', 'summary', 'description', 'message', 'runbook', 'runbook_url', 'dashboard', 'dashboard_url']);

/**
 * The scope of an event. No escape of quotes is known for it, so a value with quotes of both kinds cannot be part of it, and neither can
 * one with control characters.
 *
 * @param annotations those that all alerts of the event have with the same value.
 */
export function sysdigScope(annotations: ReadonlyArray<readonly [string, string]>, { scope }: Pick<SysdigSettings, 'scope'>): SysdigScope {
  const clauses = annotations.flatMap(([name, value]) => {
    const label = scope === undefined ? (TEXTS.has(name) ? undefined : sysdigLabel(name)) : (Object.hasOwn(scope, name) ? scope[name] : undefined);
    const quoted = quote(value);
    return label === undefined || quoted === undefined || !SYSDIG_LABEL.test(label) ? [] : [{ name, clause: `${label} = ${quoted}` }];
  });
  return {
    ...(clauses.length > 0 && { text: clauses.map(({ clause }) => clause).join(' and ') }),
    annotations: new Set(clauses.map(({ name }) => name)),
  };
}

function quote(value: string): string | undefined {
  if (value === '' || /\p{Cc}/u.test(value)) return undefined;
  return !value.includes('"') ? `"${value}"` : !value.includes('\'') ? `'${value}'` : undefined;
}
