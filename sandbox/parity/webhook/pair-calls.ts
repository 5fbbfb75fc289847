import { parseBody } from './body';
import { compareCalls } from './compare-calls';
import type { WebhookCall } from '../../receivers/webhook-simulator';
import type { StepContext } from '../integration';
import type { ComparedPair } from '../pair';

/** The list that these calls are of. */
export const WEBHOOK_CONFIGS = 'webhook_configs';

/**
 * Puts the calls of a step together: those of one entry for one group. Both sides send them one after the other, so the order counts.
 */
export function pairCalls(context: StepContext, native: readonly WebhookCall[], relayed: readonly WebhookCall[]): ComparedPair[] {
  const left = byGroup(native);
  const right = byGroup(relayed);
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((key) => {
    const [ours, theirs] = [left.get(key) ?? [], right.get(key) ?? []];
    return Array.from({ length: Math.max(ours.length, theirs.length) }, (_, index) => pairOf(context, ours[index], theirs[index]));
  });
}

function pairOf({ step, nativeErrors }: StepContext, native: WebhookCall | undefined, relayed: WebhookCall | undefined): ComparedPair {
  const differences = compareCalls(native, relayed, nativeErrors);
  return {
    step,
    integration: WEBHOOK_CONFIGS,
    receiver: (native ?? relayed)?.target.replace(/\/webhook\/\d+$/, ''),
    native: contentOf(native),
    relayed: contentOf(relayed),
    equal: differences.length === 0,
    differences,
  };
}

/** The body as it is printed. The URL and the headers can hold secrets. */
function contentOf(call: WebhookCall | undefined): unknown {
  return call === undefined ? null : parseBody(call) ?? call.body;
}

function byGroup(calls: readonly WebhookCall[]): Map<string, WebhookCall[]> {
  const groups = new Map<string, WebhookCall[]>();
  for (const call of calls) {
    const { groupKey } = (parseBody(call) ?? {}) as { groupKey?: unknown };
    const name = JSON.stringify([call.target, groupKey]);
    groups.set(name, [...groups.get(name) ?? [], call]);
  }
  return groups;
}
