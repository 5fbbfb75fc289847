import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'http';
import { readBody, serve, type LoopbackServer } from '../../sandbox/net/loopback';

/** A request as it arrived. */
export interface RecordedRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn, as they were sent. */
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

export type Respond = (response: ServerResponse, request: IncomingMessage) => void;

/** A server on the loopback address that keeps what it receives, and answers as the test says. */
export class Recorder {
  public static async start(respond: Respond): Promise<Recorder> {
    const recorder = new Recorder(respond);
    recorder.server = await serve((request, response) => recorder.take(request, response));
    return recorder;
  }

  public readonly received: RecordedRequest[] = [];
  private server?: LoopbackServer;

  private constructor(public respond: Respond) {}

  public get url(): string {
    return this.server?.url ?? '';
  }

  /** The bodies, by path. */
  public get bodies(): Map<string, string[]> {
    const bodies = new Map<string, string[]>();
    this.received.forEach(({ path, body }) => bodies.set(path, [...bodies.get(path) ?? [], body]));
    return bodies;
  }

  public async close(): Promise<void> {
    await this.server?.close();
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = (await readBody(request)).toString('utf8');
    this.received.push({ path: request.url ?? '', headers: request.headers, rawHeaders: request.rawHeaders, body });
    this.respond(response, request);
  }
}
