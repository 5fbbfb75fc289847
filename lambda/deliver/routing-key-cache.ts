import { findKey, type FoundKey } from './find-key';
import type { ReadSecret, SecretContent } from './secret';
import type { RoutingKeyReference } from '../../src/contract/queued-event';

/** How long a secret that works is used without looking again. */
const TIME_TO_LIVE_MS = 5 * 60 * 1000;

/** A secret that does not work is read again this often at most, however many events ask for it. */
const SHORTEST_REREAD_MS = 10 * 1000;

/** The routing keys in the secret, read when needed and kept for a while. */
export class RoutingKeyCache {
  private content?: SecretContent;
  private readAt = -Infinity;
  private reading?: Promise<SecretContent>;

  constructor(
    private readonly readSecret: ReadSecret,
    private readonly configuredNames: readonly string[],
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** The key of an event; a secret without it is read again. Rejects when Secrets Manager cannot be reached. */
  async find(reference: RoutingKeyReference): Promise<FoundKey> {
    const found = findKey(await this.secret(TIME_TO_LIVE_MS), reference, this.configuredNames);
    return found.found ? found : findKey(await this.secret(SHORTEST_REREAD_MS), reference, this.configuredNames);
  }

  /** The key of an event for which PagerDuty refused `refused`; `undefined` when the secret has no other. */
  async findOther(reference: RoutingKeyReference, refused: string): Promise<string | undefined> {
    const found = findKey(await this.secret(SHORTEST_REREAD_MS), reference, this.configuredNames);
    return found.found && found.key !== refused ? found.key : undefined;
  }

  private async secret(longestAgeMs: number): Promise<SecretContent> {
    if (this.content !== undefined && this.now() - this.readAt < longestAgeMs) return this.content;
    // Groups are delivered in parallel: they share one read.
    this.reading ??= this.read().finally(() => { this.reading = undefined; });
    return this.reading;
  }

  private async read(): Promise<SecretContent> {
    try {
      this.content = await this.readSecret();
      this.readAt = this.now();
      return this.content;
    } catch (error) {
      // An outage of Secrets Manager does not stop pages for which the keys are known.
      if (this.content?.kind === 'unusable' || this.content === undefined) throw error;
      this.readAt = this.now() - TIME_TO_LIVE_MS + SHORTEST_REREAD_MS;
      return this.content;
    }
  }
}
