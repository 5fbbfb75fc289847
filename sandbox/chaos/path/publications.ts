import type { Random } from '../random';

/** A notification of Alertmanager, as it was published. */
export interface Publication {
  /** Counts the publications, from 1. */
  readonly number: number;
  readonly incident: number;
  readonly action: 'trigger' | 'resolve';
  /** When SNS accepted it, in milliseconds since 1970. */
  readonly at: number;
}

/** How a notification of this number is recognized in PagerDuty. */
export function summaryOf({ number }: Publication): string {
  return `publication ${number}`;
}

/** The id of the SNS message for PagerDuty. */
export function notificationId({ number }: Publication): string {
  return `notification-${number}`;
}

/** The id of the SNS message for the webhook. */
export function webhookNotificationId({ number }: Publication): string {
  return `webhook-${number}`;
}

export function numberIn(summary: string): number {
  return Number(/^publication (\d+)$/.exec(summary)?.[1] ?? NaN);
}

/** What Alertmanager says of each incident: it fires, fires again, and is resolved, sometimes within a second. */
export class Alertmanager {
  public readonly publications: Publication[] = [];
  /** Chapters with and without faults of the watermark table have incidents of their own. */
  public isTableInTrouble = false;
  private readonly last = new Map<number, Publication>();

  constructor(private readonly random: Random, private readonly incidents: number) {}

  /** What was published last of each incident. */
  public get latest(): ReadonlyMap<number, Publication> {
    return this.last;
  }

  /** Publishes the next notification. */
  public publish(now: number): Publication {
    const incident = this.random.integer(1, this.incidents) + (this.isTableInTrouble ? this.incidents : 0);
    const before = this.last.get(incident);
    const isFiring = before?.action === 'trigger';
    return this.publishOf(incident, isFiring && this.random.chance(0.6) ? 'resolve' : 'trigger', now);
  }

  /** Publishes a notification of this incident. */
  public publishOf(incident: number, action: Publication['action'], now: number): Publication {
    const before = this.last.get(incident);
    // Alertmanager never publishes two notifications of a group at once.
    const at = Math.max(now, (before?.at ?? 0) + 1);
    const publication: Publication = { number: this.publications.length + 1, incident, action, at };
    this.publications.push(publication);
    this.last.set(incident, publication);
    return publication;
  }

  /** Milliseconds until the next notification: most come one by one, some in a burst. */
  public pause(): number {
    return this.random.chance(0.3) ? this.random.integer(1, 1500) : this.random.integer(2_000, 30_000);
  }
}
