/** How Alertmanager prints an alert: the beginning of its fingerprint, and its state. */
const ALERT = /\[[0-9a-f]{7}\]\[(?:active|resolved)\]/g;

/**
 * What an Alertmanager does with the alerts of a step, from its log at the debug level: on a machine with much to do, no duration says
 * whether a group has been flushed.
 */
export class Flushes {
  private received: string[] = [];
  private readonly flushed = new Set<string>();
  private latest?: number;

  /** When a group was flushed last (milliseconds since 1970). */
  public get latestAt(): number | undefined {
    return this.latest;
  }

  /** Forgets the alerts of the step before. */
  public begin(): void {
    this.received = [];
    this.flushed.clear();
  }

  /** Looks at a line of the log. */
  public read(line: string): void {
    if (/\bmsg="Received alert"/.test(line)) {
      this.received.push(...alertsIn(line));
    } else if (/\bmsg=flushing\b/.test(line)) {
      this.latest = Date.now();
      alertsIn(line).filter((alert) => this.received.includes(alert)).forEach((alert) => this.flushed.add(alert));
    }
  }

  /** Whether so many alerts have come to their groups, and these groups have been flushed with them. */
  public isComplete(count: number): boolean {
    return this.received.length >= count && this.received.every((alert) => this.flushed.has(alert));
  }
}

function alertsIn(line: string): string[] {
  return line.match(ALERT) ?? [];
}
