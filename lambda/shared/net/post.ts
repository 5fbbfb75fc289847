import type http from 'node:http';
import { agentFor, closeIdleConnections } from './agents';
import { requestOnce, StaleConnectionError } from './request-once';

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

/** Sends a POST request. Rejects only when no status arrived in time. */
export type Post = (request: PostRequest) => Promise<PostResponse>;

export const post: Post = async (request) => {
  closeIdleConnections();
  const agent = agentFor(request.url);
  const deadline = performance.now() + request.timeoutMs;
  try {
    return await requestOnce(request, agent);
  } catch (error) {
    const timeoutMs = deadline - performance.now();
    // The other side can close a kept connection at the moment of its reuse. That says nothing about the service.
    if (error instanceof StaleConnectionError && timeoutMs > 0) return requestOnce({ ...request, timeoutMs }, agent);
    throw error;
  }
};
