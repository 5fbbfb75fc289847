import type { WebhookCall } from './webhook-service';
import type { Finding } from '../oracle';
import type { Publication } from '../path/publications';

export interface WebhookOutcome {
  /** Those of receivers with a webhook. */
  readonly publications: readonly Publication[];
  readonly calls: readonly WebhookCall[];
  /** Publications that the notify function reported as skipped, because a later one had been accepted. */
  readonly skipped: ReadonlySet<number>;
}

/** Each notification reaches the webhook, in the order of its group; the same one can come again. */
export function judgeCalls({ publications, calls, skipped }: WebhookOutcome): Finding[] {
  const findings: Finding[] = [];
  const called = new Set(calls.map(({ number }) => number));
  const incidents = new Map(publications.map(({ number, incident }) => [number, incident]));
  const last = new Map<number, number>();
  for (const { number } of calls) {
    const incident = incidents.get(number) ?? 0;
    const before = last.get(incident) ?? 0;
    if (number < before) {
      findings.push({ verdict: 'misordered', incident, text: `the webhook got publication ${number} after publication ${before}` });
    }
    last.set(incident, Math.max(before, number));
  }
  for (const { number, incident } of publications) {
    if (!called.has(number) && !(skipped.has(number) && number < (last.get(incident) ?? 0))) {
      findings.push({ verdict: 'lost', incident, text: `the webhook never got publication ${number}` });
    }
  }
  return findings;
}
