import { fieldsOf } from './dead-letter';
import type { FailedAttempt } from './deliver-event';
import { lastOf, type EventRecord } from './event-record';
import { publishedAt } from './order/event-order';
import { DeliverMetric } from '../../src/contract/metrics';
import type { Clock } from '../shared/clock';
import type { Telemetry } from '../shared/telemetry';

/** Metrics and log lines about what became of events. */
interface Reporting {
  readonly telemetry: Telemetry;
  readonly clock: Clock;
}

export function reportDelivered(events: readonly EventRecord[], { telemetry, clock }: Reporting): void {
  const last = lastOf(events);
  const latencyMs = clock.now() - publishedAt(last);
  telemetry.count(DeliverMetric.EVENTS_DELIVERED);
  if (latencyMs >= 0) telemetry.milliseconds(DeliverMetric.DELIVERY_LATENCY, latencyMs);
  telemetry.info('event delivered', { ...fieldsOf(last), outcome: 'delivered', latencyMs });
  for (const event of events.slice(0, -1)) {
    telemetry.count(DeliverMetric.EVENTS_COALESCED);
    telemetry.info('event skipped, a later one says what counts', { ...fieldsOf(event), outcome: 'coalesced' });
  }
}

export function reportSkipped(event: EventRecord, decision: 'outdated' | 'already-said' | 'page-late', { telemetry }: Reporting): void {
  if (decision === 'already-said') {
    telemetry.count(DeliverMetric.EVENTS_COALESCED);
    telemetry.info('event skipped, PagerDuty has it or a later one that says the same', { ...fieldsOf(event), outcome: 'coalesced' });
    return;
  }
  telemetry.count(DeliverMetric.EVENTS_OUTDATED);
  telemetry.info('event skipped, PagerDuty has a later one', { ...fieldsOf(event), outcome: 'outdated' });
}

export function reportUnpaged(event: EventRecord, { telemetry }: Reporting): void {
  telemetry.count(DeliverMetric.EVENTS_OUTDATED);
  telemetry.count(DeliverMetric.TRIGGERS_UNPAGED);
  telemetry.error('trigger skipped: it came after its resolve and after the retry window, and paged nobody', { ...fieldsOf(event), outcome: 'unpaged' });
}

export function reportFormerKeyMissing(
  event: EventRecord, { code, reason }: FailedAttempt, outcome: 'delivered' | 'retried', { telemetry }: Reporting,
): void {
  telemetry.count(DeliverMetric.ROUTING_KEY_FAILURES);
  telemetry.warn('resolve missing with the routing key of before a rotation', { ...fieldsOf(event), outcome, code, reason });
}
