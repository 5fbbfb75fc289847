import { Random } from './random';

/** Everything that goes wrong, by where it does. */
export const FAULTS = {
  // SNS and the asynchronous invocation of the receive function.
  'notification delivered twice': 0.06,
  'notification delivered again after more than 5 minutes': 0.06,
  'notifications swapped': 0.07,
  'notification late by minutes': 0.03,
  'receive throttled': 0.03,
  'receive killed before it queued': 0.01,
  'receive killed after it queued': 0.01,
  // The queues and the deliver function.
  'SQS answers 503': 0.01,
  'SQS does the work and the answer is lost': 0.01,
  'deliver throttled': 0.02,
  'deliver killed before the POST': 0.008,
  'deliver killed between the POST and the answer': 0.012,
  'deliver killed before its report': 0.015,
  'report of deliver lost': 0.01,
  'instance replaced': 0.08,
  // The notify function, and the webhook.
  'notify throttled': 0.02,
  'notify killed before its report': 0.015,
  'webhook answers 503': 0.04,
  'webhook has the notification and the answer is lost': 0.02,
  // The watermark table.
  'table answers 500': 0,
  'table does not answer': 0,
  'table throttled': 0,
  'table does the work and the answer is lost': 0.01,
  // PagerDuty, and what stands before it.
  'PagerDuty answers 5xx': 0.03,
  'PagerDuty answers 429 with Retry-After': 0.015,
  'PagerDuty answers 429': 0.01,
  'connection reset before PagerDuty has the event': 0.015,
  'connection reset after PagerDuty has the event': 0.015,
  'PagerDuty does not answer': 0.004,
  'PagerDuty has the event and does not answer': 0.004,
  'answer 101': 0.006,
  'proxy answers 200 with HTML': 0.008,
  'proxy answers 204': 0.004,
  'answer 202 that is not PagerDuty\'s': 0.004,
  'proxy answers 404': 0.008,
  'answer 402': 0.004,
  'proxy answers 407': 0.004,
  'proxy answers 400 with HTML': 0.004,
  'PagerDuty rejects the event': 0.006,
} as const;
export type RandomFault = keyof typeof FAULTS;

/** What lasts for a time, or happens a few times in a run. */
export type PlannedFault =
  | 'PagerDuty outage' | 'storm of notifications' | 'webhook does not answer' | 'PagerDuty outage longer than the retry window' | 'PagerDuty limits the rate' | 'one endpoint does not answer'
  | 'Secrets Manager outage' | 'previous version of the secret cannot be read' | 'routing key with a typing error' | 'secret malformed' | 'secret denied' | 'routing key rotated'
  | 'table outage' | 'receive throttled for minutes' | 'redrive from the dead-letter queue' | 'notification redriven to receive';
export type Fault = RandomFault | PlannedFault;

/** When the table cannot be reached, deliveries go on from memory, and only order and kills that memory survives are promised. */
const TABLE_FAULTS: readonly RandomFault[] = ['table answers 500', 'table does not answer', 'table throttled'];
const TABLE_FAULT_RATE = 0.2;
const NOT_WITHOUT_TABLE: readonly RandomFault[] = [
  'notification delivered again after more than 5 minutes', 'notifications swapped', 'notification late by minutes', 'receive throttled',
  'receive killed before it queued', 'deliver killed before the POST', 'deliver killed between the POST and the answer',
  'deliver killed before its report', 'report of deliver lost', 'PagerDuty rejects the event', 'notify killed before its report',
];

/**
 * `everything`: all faults but those of the table. `table`: those, and what is promised without it. `former key`: what is promised after it,
 * for incidents whose marks the table lacks. `none`: all is well.
 */
export type Phase = 'everything' | 'table' | 'former key' | 'none';

/** Decides what goes wrong, and counts it. */
export class Faults {
  public phase: Phase = 'none';
  private readonly counted = new Map<Fault, number>();

  constructor(private readonly random: Random) {}

  /** Whether this goes wrong now. */
  public happens(fault: RandomFault): boolean {
    const hit = this.random.chance(this.rateOf(fault));
    if (hit) {
      this.count(fault);
    }
    return hit;
  }

  /** One of these, or none of them. */
  public oneOf(faults: readonly RandomFault[]): RandomFault | undefined {
    let left = this.random.number();
    for (const fault of faults) {
      left -= this.rateOf(fault);
      if (left < 0) {
        this.count(fault);
        return fault;
      }
    }
    return undefined;
  }

  public count(fault: Fault): void {
    this.counted.set(fault, (this.counted.get(fault) ?? 0) + 1);
  }

  public get counts(): ReadonlyMap<Fault, number> {
    return this.counted;
  }

  private rateOf(fault: RandomFault): number {
    switch (this.phase) {
      case 'none': return 0;
      case 'everything': return FAULTS[fault];
      case 'former key': return NOT_WITHOUT_TABLE.includes(fault) ? 0 : FAULTS[fault];
      case 'table':
        if (NOT_WITHOUT_TABLE.includes(fault)) {
          return 0;
        }
        return TABLE_FAULTS.includes(fault) ? TABLE_FAULT_RATE : FAULTS[fault];
    }
  }
}
