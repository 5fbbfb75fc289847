import type { IbmAuthentication } from '../../../src/contract/sysdig';
import { messageOf, parseRecord } from '../../shared/guards';
import { USER_AGENT } from '../../shared/version';
import { excerptOf } from '../http/excerpt';
import { retryAfterSeconds } from '../http/retry-after';
import type { HttpCollaborators } from '../http/send-request';
import { redactValues } from '../redact-values';
import type { Attempt } from '../transport';

/** An access token, or what became of the attempt to get one. */
export type FoundToken = { readonly accessToken: string } | Exclude<Attempt, { readonly outcome: 'delivered' }>;

/** IBM Cloud answers within a second. */
const TIMEOUT_MS = 10_000;

/** A token ends an hour after it was issued. It is replaced this long before, so that none ends on its way. */
const MARGIN_MS = 5 * 60_000;

/** Access tokens of IBM Cloud, each kept until it ends. */
export class IbmAccessTokens {
  private readonly tokens = new Map<string, { readonly accessToken: string; readonly until: number }>();

  constructor(private readonly http: Pick<HttpCollaborators, 'post' | 'lookup'>, private readonly now: () => number = () => performance.now()) {}

  /**
   * Exchanges an API key. Never rejects.
   *
   * @param remainingMs what is left for it.
   */
  async find({ tokenUrl }: IbmAuthentication, apiKey: string, remainingMs: number): Promise<FoundToken> {
    const known = this.tokens.get(`${tokenUrl} ${apiKey}`);
    if (known !== undefined && this.now() < known.until) return known;
    try {
      return await this.exchange(tokenUrl, apiKey, Math.min(remainingMs, TIMEOUT_MS));
    } catch (error) {
      return { outcome: 'failed', reason: `no access token of IBM Cloud: ${redactValues(messageOf(error), [apiKey])}` };
    }
  }

  /** A token that was refused is not used again. */
  forget({ tokenUrl }: IbmAuthentication, apiKey: string): void {
    this.tokens.delete(`${tokenUrl} ${apiKey}`);
  }

  private async exchange(tokenUrl: string, apiKey: string, timeoutMs: number): Promise<FoundToken> {
    const response = await this.http.post({
      url: new URL(tokenUrl),
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'Accept': 'application/json', 'User-Agent': USER_AGENT },
      lookup: this.http.lookup,
      body: new URLSearchParams({ grant_type: 'urn:ibm:params:oauth:grant-type:apikey', response_type: 'cloud_iam', apikey: apiKey }).toString(),
      timeoutMs,
      // A token has a few thousand characters.
      maxBodyCharacters: 100_000,
    });
    const answer = response.status === 200 ? parseRecord(response.body) : undefined;
    if (typeof answer?.access_token === 'string') {
      const seconds = typeof answer.expires_in === 'number' ? answer.expires_in : 0;
      const token = { accessToken: answer.access_token, until: this.now() + seconds * 1000 - MARGIN_MS };
      this.tokens.set(`${tokenUrl} ${apiKey}`, token);
      return token;
    }
    const { status, body } = response;
    // IBM Cloud answers 400 to an API key that it does not know.
    const isAboutCredentials = status === 400 || status === 401 || status === 403;
    const excerpt = status === 200 ? 'without a token' : excerptOf(body, (text) => redactValues(text, [apiKey]));
    return {
      outcome: 'failed',
      reason: `no access token of IBM Cloud: it answered ${status}${excerpt === '' ? '' : ` ${excerpt}`}`,
      ...(isAboutCredentials ? { isAboutCredentials } : { retryAfterSeconds: retryAfterSeconds(response) }),
    };
  }
}
