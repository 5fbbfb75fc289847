/** What Secrets Manager answers about the secret. */
export type SecretAnswer =
  | { readonly kind: 'value'; readonly text: string; readonly createdAt: number }
  | { readonly kind: 'error'; readonly status: number; readonly code: string };

export type SecretTrouble = 'outage' | 'outage of the previous version' | 'typo' | 'malformed' | 'denied';

interface Version {
  readonly keys: Readonly<Record<string, string>>;
  readonly createdAt: number;
}

/** The secret with the routing keys, its previous version, and what an operator or an outage does to it. */
export class RoutingKeySecret {
  private current: Version;
  private previous?: Version;
  private trouble?: SecretTrouble;
  private readonly names = new Map<string, string>();

  /** @param more entries that are no routing keys. */
  constructor(keys: Readonly<Record<string, string>>, now: number, private readonly more: Readonly<Record<string, string>> = {}) {
    this.current = { keys, createdAt: now };
    this.remember(keys);
  }

  /** Every routing key that was ever in the secret, with its name. */
  public get owners(): ReadonlyMap<string, string> {
    return this.names;
  }

  public get keys(): Readonly<Record<string, string>> {
    return this.current.keys;
  }

  public get isTroubled(): boolean {
    return this.trouble !== undefined;
  }

  /** The trouble starts, or ends. A typing error is a new version of the secret, and so is its correction by restoring the former one. */
  public setTrouble(trouble: SecretTrouble | undefined): void {
    this.trouble = trouble;
  }

  public rotate(keys: Readonly<Record<string, string>>, now: number): void {
    this.previous = this.current;
    this.current = { keys, createdAt: now };
    this.remember(keys);
  }

  public read(stage: string): SecretAnswer {
    switch (this.trouble) {
      case 'outage': return { kind: 'error', status: 500, code: 'InternalServiceError' };
      case 'outage of the previous version':
        if (stage === 'AWSPREVIOUS') {
          return { kind: 'error', status: 500, code: 'InternalServiceError' };
        }
        break;
      case 'denied': return { kind: 'error', status: 400, code: 'AccessDeniedException' };
      case 'malformed':
        if (stage === 'AWSCURRENT') {
          return { kind: 'value', text: '{"primary": "', createdAt: this.current.createdAt };
        }
        break;
      case 'typo':
        // The wrong version is current, and the one that works is the previous one.
        return stage === 'AWSCURRENT'
          ? { kind: 'value', text: this.textOf(Object.fromEntries(Object.keys(this.current.keys).map((name) => [name, 'x'.repeat(32)]))), createdAt: this.current.createdAt }
          : { kind: 'value', text: this.textOf(this.current.keys), createdAt: this.current.createdAt };
    }
    const version = stage === 'AWSPREVIOUS' ? this.previous : this.current;
    return version === undefined
      ? { kind: 'error', status: 400, code: 'ResourceNotFoundException' }
      : { kind: 'value', text: this.textOf(version.keys), createdAt: version.createdAt };
  }

  private textOf(keys: Readonly<Record<string, string>>): string {
    return JSON.stringify({ ...keys, ...this.more });
  }

  private remember(keys: Readonly<Record<string, string>>): void {
    Object.entries(keys).forEach(([name, key]) => this.names.set(key, name));
  }
}
