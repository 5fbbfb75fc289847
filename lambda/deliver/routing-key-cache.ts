import { createHash } from 'node:crypto';
import { findKey, type FoundKey, type KeyProblem } from './find-key';
import type { RoutingKeyReference } from '../../src/contract/queued-event';
import { keysIn, SecretProblem, type ReadSecret, type SecretContent, type SecretStage, type SecretVersion } from '../shared/secret';

/** How long a version that works is used without another look. */
const TIME_TO_LIVE_MS = 5 * 60 * 1000;

/** A secret that does not work is read again after this time at the earliest, however many events ask for it. */
const MIN_REREAD_INTERVAL_MS = 10 * 1000;

/** After an outage of Secrets Manager, the events of a batch wait for it once. */
const MIN_INTERVAL_AFTER_OUTAGE_MS = 2_000;

/** A rotation matters as long as an incident of before can be open and unknown to the delivery history. */
const MAX_ROTATION_AGE_MS = 30 * 24 * 60 * 60 * 1000;

/** The key of an event. With a problem, it comes from an earlier state of the secret, because the current one has none. */
export type CachedKey =
  | { readonly found: true; readonly key: string; readonly problem?: { readonly code: KeyProblem; readonly reason: string } }
  | Extract<FoundKey, { found: false }>;

/** What identifies a routing key without revealing it: the beginning of its SHA-256. */
export function fingerprintOf(key: string): string {
  return createHash('sha256').update(key, 'utf8').digest('hex').slice(0, 16);
}

/**
 * The routing keys in the secret, read when needed and kept for a while. Keys that worked stay in use when the secret is
 * emptied, denied, or malformed, until PagerDuty refuses them: pages go out, and every use of an old key is counted.
 */
export class RoutingKeyCache {
  private readonly versions = new Map<SecretStage, KnownVersion>();
  private readonly reading = new Map<SecretStage, Promise<SecretVersion>>();
  private readonly outages = new Map<SecretStage, { readonly error: unknown; readonly at: number }>();
  /** By reference, the last key that PagerDuty accepted, or else the first that was found. */
  private readonly lastGood = new Map<string, string>();

  constructor(
    private readonly readSecret: ReadSecret,
    private readonly configuredNames: readonly string[],
    private readonly now: () => number,
  ) {}

  /** The key of an event. A secret without it is read again. Rejects when Secrets Manager cannot be reached and no key is known. */
  async find(reference: RoutingKeyReference): Promise<CachedKey> {
    const id = JSON.stringify(reference);
    let found: FoundKey;
    try {
      found = this.findIn(await this.read('AWSCURRENT', TIME_TO_LIVE_MS), reference);
      if (!found.found) found = this.findIn(await this.read('AWSCURRENT', MIN_REREAD_INTERVAL_MS), reference);
    } catch (error) {
      const known = this.lastGood.get(id);
      if (known !== undefined) return { found: true, key: known };
      throw error;
    }
    if (found.found) {
      // A key replaces the one before when PagerDuty has accepted it: see `confirm`.
      if (!this.lastGood.has(id)) this.lastGood.set(id, found.key);
      return found;
    }
    const { code, reason } = found;
    const earlier = this.lastGood.get(id) ?? await this.findPrevious(reference);
    return earlier === undefined ? found : { found: true, key: earlier, problem: { code, reason } };
  }

  /**
   * The keys to try for an event whose key PagerDuty refused: a new one in the secret, and the one before, in case the new one
   * has a typing error.
   */
  async findOthers(reference: RoutingKeyReference, refused: string): Promise<string[]> {
    const id = JSON.stringify(reference);
    const known = this.lastGood.get(id);
    if (known === refused) this.lastGood.delete(id);
    const current = this.findIn(await this.read('AWSCURRENT', MIN_REREAD_INTERVAL_MS), reference);
    const others = [current.found ? current.key : undefined, known, await this.findPrevious(reference)];
    return Array.from(new Set(others.filter((key): key is string => key !== undefined && key !== refused)));
  }

  /** Remembers that PagerDuty accepted an event with this key. */
  confirm(reference: RoutingKeyReference, key: string): void {
    this.lastGood.set(JSON.stringify(reference), key);
  }

  /** The key of a reference before the last rotation, when that was recent enough to matter. Rejects when Secrets Manager cannot be reached. */
  async findBeforeRotation(reference: RoutingKeyReference): Promise<string | undefined> {
    const current = await this.read('AWSCURRENT', TIME_TO_LIVE_MS);
    if (current.createdAt !== undefined && this.now() - current.createdAt > MAX_ROTATION_AGE_MS) return undefined;
    const found = this.findIn(await this.read('AWSPREVIOUS', TIME_TO_LIVE_MS), reference);
    return found.found ? found.key : undefined;
  }

  /** The key with a fingerprint, in the current version of the secret or in the previous one. Rejects while the secret is unusable. */
  async findByFingerprint(fingerprint: string): Promise<string | undefined> {
    const search = async (stage: SecretStage, maxAgeMs: number): Promise<string | undefined> =>
      keysIn((await this.read(stage, maxAgeMs)).content).find((key) => fingerprintOf(key) === fingerprint);
    const found = await search('AWSCURRENT', TIME_TO_LIVE_MS)
      ?? await search('AWSPREVIOUS', TIME_TO_LIVE_MS)
      ?? await search('AWSCURRENT', MIN_REREAD_INTERVAL_MS)
      ?? await search('AWSPREVIOUS', MIN_REREAD_INTERVAL_MS)
      ?? Array.from(this.lastGood.values()).find((key) => fingerprintOf(key) === fingerprint);
    const current = this.versions.get('AWSCURRENT')?.version.content;
    // It can be in there: an operator fixes the secret, and the event waits.
    if (found === undefined && current?.kind === 'unusable') throw new Error(current.reason);
    return found;
  }

  /** Every key that is known, to remove it from texts. */
  knownKeys(): string[] {
    return [...Array.from(this.versions.values()).flatMap(({ version }) => keysIn(version.content)), ...Array.from(this.lastGood.values())];
  }

  private async findPrevious(reference: RoutingKeyReference): Promise<string | undefined> {
    const previous = await this.read('AWSPREVIOUS', TIME_TO_LIVE_MS).catch(() => undefined);
    const found = previous === undefined ? undefined : this.findIn(previous, reference);
    return found?.found === true ? found.key : undefined;
  }

  private findIn({ content }: SecretVersion, reference: RoutingKeyReference): FoundKey {
    return findKey(content, reference, this.configuredNames);
  }

  private async read(stage: SecretStage, maxAgeMs: number): Promise<SecretVersion> {
    const known = this.versions.get(stage);
    if (known !== undefined && !this.isReplaced(stage, known) && this.now() - known.readAt < maxAgeMs) return known.version;
    const outage = this.outages.get(stage);
    if (outage !== undefined && this.now() - outage.at < MIN_INTERVAL_AFTER_OUTAGE_MS) throw outage.error;
    // Groups are delivered in parallel: they share one read.
    const pending = this.reading.get(stage) ?? this.readNow(stage).finally(() => this.reading.delete(stage));
    this.reading.set(stage, pending);
    return pending;
  }

  /** A rotation since then has made another version the previous one. */
  private isReplaced(stage: SecretStage, { successorAt }: KnownVersion): boolean {
    return successorAt !== this.successorAt(stage);
  }

  private successorAt(stage: SecretStage): number | undefined {
    return stage === 'AWSPREVIOUS' ? this.versions.get('AWSCURRENT')?.version.createdAt : undefined;
  }

  private async readNow(stage: SecretStage): Promise<SecretVersion> {
    const successorAt = this.successorAt(stage);
    try {
      const version = await this.readSecret(stage);
      this.versions.set(stage, { version, readAt: this.now(), successorAt });
      return version;
    } catch (error) {
      // An outage of Secrets Manager does not stop pages whose key is known.
      const known = this.versions.get(stage);
      if (known === undefined || this.isReplaced(stage, known) || (isUnusable(known.version.content) && !isWithoutPrevious(stage, known))) {
        this.outages.set(stage, { error, at: this.now() });
        throw error;
      }
      this.versions.set(stage, { ...known, readAt: this.now() - TIME_TO_LIVE_MS + MIN_REREAD_INTERVAL_MS });
      return known.version;
    }
  }
}

interface KnownVersion {
  readonly version: SecretVersion;
  readonly readAt: number;
  /** For a previous version, when the current one was made that was known when this one was read. */
  readonly successorAt?: number;
}

/** The secret had one version only, which is as good as a previous one that can be read. */
function isWithoutPrevious(stage: SecretStage, { version: { content } }: KnownVersion): boolean {
  return stage === 'AWSPREVIOUS' && content.kind === 'unusable' && content.code === SecretProblem.NO_VALUE;
}

function isUnusable(content: SecretContent): boolean {
  return content.kind === 'unusable';
}
