import http from 'node:http';
import https from 'node:https';
import type { PostRequest, PostResponse } from './post-request';
import { PreconnectingAgent } from './preconnecting-agent';
import { messageOf } from '../guards';

/** A kept connection turned out to be closed before any response. */
export class StaleConnectionError extends Error {}

/** What load balancers write when they close a connection on which no request came; the first request can have crossed it. */
const REQUEST_TIMEOUT = 408;

/**
 * Sends one POST request. Every way in which it can end settles the promise: a response, an error, the time limit, a closed
 * socket, and a protocol upgrade, for which Node.js emits neither a response nor an error.
 */
export async function requestOnce(
  { url, target, headers, lookup, body, timeoutMs, maxBodyCharacters }: PostRequest, agent: http.Agent | PreconnectingAgent,
): Promise<PostResponse> {
  return new Promise((resolve, reject) => {
    let hasStatus = false;
    const request = (url.protocol === 'https:' ? https : http).request(url, {
      method: 'POST',
      agent,
      ...(target !== undefined && { path: target }),
      ...(lookup && { lookup }),
      headers: { ...headers as http.OutgoingHttpHeaders, 'Content-Length': Buffer.byteLength(body) },
    });
    const fail = (error: Error): void => {
      // After the status, `collect` ends together with the connection.
      if (hasStatus) return;
      clearTimeout(timer);
      const isKept = request.reusedSocket || isFirstOfOpenedAhead();
      const isStale = isKept && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
      reject(isStale ? new StaleConnectionError(messageOf(error)) : error);
    };
    const isFirstOfOpenedAhead = (): boolean => (
      !request.reusedSocket && agent instanceof PreconnectingAgent && request.socket !== null && agent.isOpenedAhead(request.socket));
    const timer = setTimeout(() => {
      fail(new Error(`no response within ${Math.round(timeoutMs)} ms`));
      request.destroy();
    }, timeoutMs);
    const settle = (response: PostResponse): void => {
      clearTimeout(timer);
      resolve(response);
    };
    request.on('response', (response) => {
      if (response.statusCode === REQUEST_TIMEOUT && isFirstOfOpenedAhead()) {
        fail(new StaleConnectionError('the other side closed an idle connection'));
        request.destroy();
        return;
      }
      hasStatus = true;
      collect(response, maxBodyCharacters, settle);
    });
    request.on('upgrade', (response, socket) => {
      hasStatus = true;
      socket.destroy();
      settle({ status: response.statusCode ?? 0, headers: response.headers, body: '', isComplete: true });
    });
    request.on('error', fail);
    request.on('close', () => fail(new Error('the connection was closed without a response')));
    request.end(body);
  });
}

/** The status decides what happens next, so it counts even if the body never ends. Listeners, because an iterator costs a cold start more. */
function collect(response: http.IncomingMessage, maxCharacters: number, settle: (response: PostResponse) => void): void {
  let body = '';
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => {
    if (body.length <= maxCharacters) body += chunk;
  });
  const finish = (): void => settle({
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: body.slice(0, maxCharacters),
    isComplete: response.complete && body.length <= maxCharacters,
  });
  response.once('end', finish);
  // Without an end, the connection broke. The error says no more than that.
  response.once('close', finish);
  response.on('error', () => undefined);
}
