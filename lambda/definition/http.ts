import http from 'node:http';
import https from 'node:https';

export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

const TIMEOUT_MS = 10_000;

/** Larger than any definition in Base64. */
const MAX_RESPONSE_BYTES = 4 * 1024 * 1024;

/**
 * Sends one request on a connection of its own.
 *
 * @throws Error when no complete response arrives within 10 seconds.
 */
export async function send({ method, url, headers, body }: HttpRequest): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).request(url, {
      method, headers: { ...headers, 'content-length': body?.length ?? 0 }, agent: false,
    });
    const timer = setTimeout(() => request.destroy(new Error(`no response within ${TIMEOUT_MS / 1000} seconds`)), TIMEOUT_MS);
    const fail = (error: Error): void => {
      clearTimeout(timer);
      reject(new Error(`${method} ${url.host}: ${error.message}`));
    };
    request.on('error', fail);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        chunks.push(chunk);
        if (bytes > MAX_RESPONSE_BYTES) request.destroy(new Error(`the response has more than ${MAX_RESPONSE_BYTES} bytes`));
      });
      response.on('error', fail);
      response.on('end', () => {
        clearTimeout(timer);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) });
      });
    });
    request.end(body);
  });
}
