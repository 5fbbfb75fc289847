import { agentFor, closeIdleConnections } from './agents';
import type { PostRequest, PostResponse } from './post-request';
import { requestOnce, StaleConnectionError } from './request-once';

/** Sends a POST request. Rejects only when no status arrived in time. */
export type Post = (request: PostRequest) => Promise<PostResponse>;

export const post: Post = async (request) => {
  closeIdleConnections();
  const agent = agentFor(request);
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
