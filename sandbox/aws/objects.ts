import type { IncomingMessage, ServerResponse } from 'http';
import { readBody, serve, type LoopbackServer } from '../net/loopback';

/** Amazon S3, as far as the definition function uses it: it writes and reads small objects by path. */
export class ObjectStore {
  public static async start(): Promise<ObjectStore> {
    const store = new ObjectStore();
    store.server = await serve((request, response) => store.handle(request, response));
    return store;
  }

  /** By `/bucket/key`. */
  public readonly objects = new Map<string, string>();
  /** All bodies that were ever written, as in a versioned bucket. */
  public readonly versions: string[] = [];
  private server?: LoopbackServer;

  private constructor() {}

  public get url(): string {
    return this.server?.url ?? '';
  }

  public async close(): Promise<void> {
    await this.server?.close();
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const place = decodeURIComponent(request.url ?? '');
    const body = (await readBody(request)).toString('utf8');
    if (!(request.headers.authorization ?? '').includes('/s3/aws4_request')) {
      return answer(response, 403, error('AccessDenied', 'the request is not signed for s3'));
    }
    if (request.method === 'PUT') {
      this.objects.set(place, body);
      this.versions.push(body);
      return answer(response, 200, '');
    }
    const object = this.objects.get(place);
    return object === undefined ? answer(response, 404, error('NoSuchKey', 'The specified key does not exist.')) : answer(response, 200, object);
  }
}

function answer(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(body);
}

function error(code: string, message: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
}
