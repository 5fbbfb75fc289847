import type http from 'node:http';
import type { LookupFunction } from 'node:net';

export interface PostRequest {
  readonly url: URL;
  /** Path and query, as they are sent; those of the URL when absent. */
  readonly target?: string;
  /** A list has a line for each of its values. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** Resolves host names; Node.js' own when absent. */
  readonly lookup?: LookupFunction;
  /** Whether the request goes past the proxy of the environment. */
  readonly isDirect?: boolean;
  readonly body: string;
  /** Limit for everything from the connection to the last byte of the response. */
  readonly timeoutMs: number;
  /** Longer response bodies are truncated. */
  readonly maxBodyCharacters: number;
}

export interface PostResponse {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
  /** Whether the whole body arrived. */
  readonly isComplete: boolean;
}
