import http from 'node:http';
import https from 'node:https';
import { messageOf } from '../shared/guards';
import { USER_AGENT } from '../shared/version';

export interface HttpAnswer {
  readonly status: number;
  readonly retryAfter?: string;
  /** The beginning of the body. */
  readonly body: string;
}

/** Posts JSON; rejects when no answer came, be it for the network or because it took too long. */
export type PostJson = (url: URL, body: string, timeoutMs: number) => Promise<HttpAnswer>;

/** PagerDuty's answers are short; of anything longer the beginning says enough. */
const LONGEST_BODY = 16 * 1024;

// `node:https` instead of `fetch`: its first call is faster by tens of milliseconds, which a page does feel.
const AGENTS = { 'http:': new http.Agent({ keepAlive: true }), 'https:': new https.Agent({ keepAlive: true }) };

export const postJson: PostJson = async (url, body, timeoutMs) => {
  const deadline = performance.now() + timeoutMs;
  try {
    return await postOnce(url, body, timeoutMs);
  } catch (error) {
    const left = deadline - performance.now();
    // A connection that was kept may have been closed by the other side at the same moment: that says nothing about PagerDuty.
    if (error instanceof StaleConnectionError && left > 0) return postOnce(url, body, left);
    throw error;
  }
};

class StaleConnectionError extends Error {}

async function postOnce(url: URL, body: string, timeoutMs: number): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const isSecure = url.protocol === 'https:';
    const request = (isSecure ? https : http).request(url, {
      method: 'POST',
      agent: isSecure ? AGENTS['https:'] : AGENTS['http:'],
      headers: { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body), 'User-Agent': USER_AGENT },
    });
    const timer = setTimeout(() => request.destroy(new Error(`no answer within ${Math.round(timeoutMs)} ms`)), timeoutMs);
    const settle = (answer: HttpAnswer): void => {
      clearTimeout(timer);
      resolve(answer);
    };
    let isAnswered = false;
    request.on('response', (response) => {
      isAnswered = true;
      void collect(response).then(settle);
    });
    request.on('error', (error) => {
      // With a status the answer is known: `collect` ends together with the connection.
      if (isAnswered) return;
      clearTimeout(timer);
      const isStale = request.reusedSocket && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
      reject(isStale ? new StaleConnectionError(messageOf(error)) : error);
    });
    request.end(body);
  });
}

/** The status decides what happens to the event: it counts even if the body never ends. */
async function collect(response: http.IncomingMessage): Promise<HttpAnswer> {
  let body = '';
  try {
    response.setEncoding('utf8');
    for await (const chunk of response) {
      if (body.length < LONGEST_BODY) body += String(chunk);
    }
  } catch {
    body += ' (the answer ended early)';
  }
  const retryAfter = response.headers['retry-after'];
  return { status: response.statusCode ?? 0, body: body.slice(0, LONGEST_BODY), ...(retryAfter !== undefined && { retryAfter }) };
}
