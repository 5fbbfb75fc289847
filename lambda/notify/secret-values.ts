import { messageOf } from '../shared/guards';
import type { ReadSecret, SecretContent } from '../shared/secret';

/** How long a secret that works is used without another read. */
const TIME_TO_LIVE_MS = 5 * 60 * 1000;

/** A secret that lacks a value is read this often at most. */
const MIN_REREAD_INTERVAL_MS = 10 * 1000;

/** The value of an entry, or why there is none. */
export type FoundValue = { readonly value: string } | { readonly problem: string };

/** The entries of the secret, read when needed and kept for a while. */
export class SecretValues {
  private content?: SecretContent;
  private readAt = -Infinity;
  private reading?: Promise<SecretContent>;

  constructor(private readonly readSecret: ReadSecret, private readonly now: () => number = () => performance.now()) {}

  /** The value of an entry; a secret without it is read again. Never rejects. */
  async find(name: string): Promise<FoundValue> {
    const found = await this.lookUp(name, TIME_TO_LIVE_MS);
    return 'value' in found ? found : this.lookUp(name, MIN_REREAD_INTERVAL_MS);
  }

  /** Whether a new read brought another value than this one: it might have been replaced since. */
  async hasChanged(name: string, used: string): Promise<boolean> {
    const found = await this.lookUp(name, MIN_REREAD_INTERVAL_MS);
    return 'value' in found && found.value !== used;
  }

  private async lookUp(name: string, maxAgeMs: number): Promise<FoundValue> {
    try {
      return valueOf(await this.secret(maxAgeMs), name);
    } catch (error) {
      return { problem: `the secret could not be read: ${messageOf(error)}` };
    }
  }

  private async secret(maxAgeMs: number): Promise<SecretContent> {
    if (this.content !== undefined && this.now() - this.readAt < maxAgeMs) return this.content;
    // Groups are sent in parallel: they share one read.
    this.reading ??= this.read().finally(() => { this.reading = undefined; });
    return this.reading;
  }

  private async read(): Promise<SecretContent> {
    try {
      const { content } = await this.readSecret('AWSCURRENT');
      this.content = content;
      this.readAt = this.now();
      return content;
    } catch (error) {
      // An outage of Secrets Manager does not stop notifications whose values are known.
      if (this.content?.kind !== 'keys') throw error;
      this.readAt = this.now() - TIME_TO_LIVE_MS + MIN_REREAD_INTERVAL_MS;
      return this.content;
    }
  }
}

function valueOf(content: SecretContent, name: string): FoundValue {
  if (content.kind === 'unusable') return { problem: content.reason };
  if (content.kind === 'key') return { problem: `the secret is a bare routing key: make it a JSON object with the entry ${JSON.stringify(name)}` };
  const value = content.keys.get(name);
  return typeof value === 'string' && value.trim() !== ''
    ? { value: value.trim() }
    : { problem: `the secret has no entry ${JSON.stringify(name)} with a text` };
}
