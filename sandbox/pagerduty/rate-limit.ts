/** Counts what each key was allowed within the last minute. PagerDuty documents about 120 events a minute for one integration key. */
export class RateLimit {
  private readonly allowed = new Map<string, number[]>();

  constructor(private readonly perMinute: number, private readonly now: () => number = Date.now) {}

  /** True, and counted, when the key is below its limit. */
  public allows(key: string): boolean {
    const since = this.now() - 60_000;
    const recent = (this.allowed.get(key) ?? []).filter((at) => at > since);
    const allows = recent.length < this.perMinute;
    if (allows) {
      recent.push(this.now());
    }
    this.allowed.set(key, recent);
    return allows;
  }
}
