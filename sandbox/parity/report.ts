import { isAsDocumented, type ComparedPair } from './pair';
import type { ParityResult } from './run';
import type { AcceptedEvent } from '../pagerduty/event-rules';

/** A pair as a line of JSON. Routing keys are made up here; they are printed by name all the same. */
export function printPair({ native, relayed, ...rest }: ComparedPair, keyName: (key: string) => string): string {
  const { step, integration, receiver, differences, ...verdict } = rest;
  return JSON.stringify({
    step,
    integration,
    receiver,
    native: withKeyName(native, keyName),
    relayed: withKeyName(relayed, keyName),
    ...verdict,
    differences: differences.map((difference) => (difference.field === 'routing_key'
      ? { ...difference, native: keyName(String(difference.native)), relayed: keyName(String(difference.relayed)) }
      : difference)),
  });
}

function withKeyName(event: unknown, keyName: (key: string) => string): unknown {
  const key = (event as Partial<AcceptedEvent> | null)?.routing_key;
  return key === undefined ? event : { ...event as object, routing_key: keyName(key) };
}

/** What is printed at the end. */
export interface Summary {
  /** The last line: how many notifications are equal, or differ as documented. */
  readonly text: string;
  /** What else there is to know, for standard error. */
  readonly notes: readonly string[];
  /** Whether all is as it should be. */
  readonly passed: boolean;
}

export function summarize({ pairs, errors }: ParityResult): Summary {
  const fine = pairs.filter((pair) => pair.equal || isAsDocumented(pair));
  const equal = pairs.filter((pair) => pair.equal);
  const integrations = [...new Set(pairs.map(({ integration }) => integration))];
  const perIntegration = integrations.map((name) => {
    const of = (list: readonly ComparedPair[]): number => list.filter(({ integration }) => integration === name).length;
    return `${of(fine)} of ${of(pairs)} in ${name}`;
  });
  return {
    text: `${fine.length} of ${pairs.length} notifications equal or explained (${[`${equal.length} equal`, ...(integrations.length > 1 ? perIntegration : [])].join('; ')})`,
    notes: [...notesOf(pairs), ...errors],
    passed: pairs.length > 0 && fine.length === pairs.length,
  };
}

function notesOf(pairs: readonly ComparedPair[]): string[] {
  if (pairs.length === 0) {
    return ['no alert led to a notification of an integration that is compared'];
  }
  const documented = pairs.filter((pair) => !pair.equal && isAsDocumented(pair));
  const reasons = [...new Set(documented.flatMap(({ differences }) => differences.map(({ documented: reason }) => reason)))];
  return documented.length === 0 ? [] : [`${documented.length} with differences that docs/parity.md explains: ${reasons.join(', ')}`];
}
