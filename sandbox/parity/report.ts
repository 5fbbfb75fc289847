import { isAsDocumented, type ComparedPair } from './pairs';
import type { AcceptedEvent } from '../pagerduty/event-rules';

/** A pair as a line of JSON. Routing keys are made up here; they are printed by name all the same. */
export function printPair({ native, relayed, ...rest }: ComparedPair, keyName: (key: string) => string): string {
  const { step, receiver, differences, ...verdict } = rest;
  return JSON.stringify({
    step,
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

/** The last line, what is to be said of it, and whether all is as it should be. */
export function summarize(pairs: readonly ComparedPair[]): { readonly text: string; readonly note?: string; readonly passed: boolean } {
  const equal = pairs.filter((pair) => pair.equal).length;
  const documented = pairs.filter((pair) => !pair.equal && isAsDocumented(pair));
  return {
    text: `${equal} of ${pairs.length} events equal`,
    note: noteOf(pairs, documented),
    passed: pairs.length > 0 && equal + documented.length === pairs.length,
  };
}

function noteOf(pairs: readonly ComparedPair[], documented: readonly ComparedPair[]): string | undefined {
  if (pairs.length === 0) {
    return 'no alert led to a receiver with pagerduty_configs';
  }
  const reasons = [...new Set(documented.flatMap(({ differences }) => differences.map(({ documented: reason }) => reason)))];
  return documented.length === 0 ? undefined : `${documented.length} with differences that docs/parity.md explains: ${reasons.join(', ')}`;
}
