import type http from 'node:http';

export interface PostRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
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
