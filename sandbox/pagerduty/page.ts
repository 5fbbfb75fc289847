import * as fs from 'fs';
import type { IncomingMessage, ServerResponse } from 'http';
import * as path from 'path';
import { isFaultMode, type FaultMode } from './faults';
import type { Incident } from './incidents';
import type { ReceivedEvent } from './received-event';
import { readBody, sendJson } from '../net/loopback';
import type { ReceiverSimulator } from '../receivers/receiver-simulator';

/** Something that the reader of the page can do. */
export interface PageAction {
  readonly id: string;
  readonly label: string;
  readonly run: () => Promise<void>;
}

export interface PageSource {
  readonly incidents: () => readonly Incident[];
  readonly received: () => readonly ReceivedEvent[];
  readonly keyName: (key: string) => string;
  readonly faultMode: () => FaultMode;
  readonly setFaultMode: (mode: FaultMode) => void;
  readonly actions: readonly PageAction[];
  /** Each that was called gets a list of its own on the page. */
  readonly receivers: readonly ReceiverSimulator[];
}

const FILES: Readonly<Record<string, { readonly file: string; readonly type: string } | undefined>> = {
  '/': { file: 'index.html', type: 'text/html; charset=utf-8' },
  '/page.css': { file: 'page.css', type: 'text/css; charset=utf-8' },
  '/page.js': { file: 'page.js', type: 'text/javascript; charset=utf-8' },
};

/** Delay of an update of the page, in milliseconds: several events at the same moment become one update. */
const GATHER = 50;

/** How many of the latest requests the page lists, and how many calls of each kind of receiver. */
const LISTED_REQUESTS = 50;

/** Characters of a notification that the page shows: it is sent again with each change. */
const MAX_TEXT_CHARACTERS = 20_000;

function shortened(text: string): string {
  return text.length > MAX_TEXT_CHARACTERS ? `${text.slice(0, MAX_TEXT_CHARACTERS)}\n… ${text.length} characters` : text;
}

/** HTML that a receiver got, with what labels say in it: it is shown with its own styles, and can do nothing. */
const FRAME_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

/** The live page of the simulator, and the JSON behind it. */
export class Page {
  private readonly streams = new Set<ServerResponse>();
  private timer?: NodeJS.Timeout;

  constructor(private readonly source: PageSource) {}

  public async handle(request: IncomingMessage, response: ServerResponse, pathname: string): Promise<void> {
    const file = FILES[pathname];
    if (request.method === 'GET' && file) {
      response.writeHead(200, {
        'content-type': file.type,
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'self'; img-src data:; frame-ancestors 'none'",
      });
      response.end(fs.readFileSync(path.join(__dirname, 'page', file.file)));
    } else if (request.method === 'GET' && this.htmlAt(pathname) !== undefined) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'content-security-policy': FRAME_POLICY });
      response.end(this.htmlAt(pathname));
    } else if (request.method === 'GET' && pathname === '/api/state') {
      sendJson(response, 200, this.state());
    } else if (request.method === 'GET' && pathname === '/api/stream') {
      this.stream(response);
    } else if (request.method === 'POST' && pathname.startsWith('/api/')) {
      await this.act(request, response, pathname);
    } else {
      sendJson(response, 404, { message: `nothing is at ${pathname}` });
    }
  }

  /** The HTML of a call: `/calls/email/3`. */
  private htmlAt(pathname: string): string | undefined {
    const [, transport, number] = /^\/calls\/([a-z]+)\/(\d+)$/.exec(pathname) ?? [];
    const receiver = this.source.receivers.find((each) => each.transport === transport);
    return receiver?.calls.find((each) => each.number === Number(number))?.html;
  }

  /** To be called whenever what the page shows has changed. */
  public changed(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.streams.forEach((stream) => this.push(stream));
    }, GATHER);
  }

  public close(): void {
    clearTimeout(this.timer);
    this.streams.forEach((stream) => stream.end());
  }

  private stream(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    this.streams.add(response);
    response.on('close', () => this.streams.delete(response));
    this.push(response);
  }

  private push(stream: ServerResponse): void {
    stream.write(`data: ${JSON.stringify(this.state())}\n\n`);
  }

  private async act(request: IncomingMessage, response: ServerResponse, pathname: string): Promise<void> {
    // A page of another site can send requests here, but not with this header: browsers ask for permission first.
    if (request.headers['content-type'] !== 'application/json') {
      sendJson(response, 415, { message: 'send application/json' });
      return;
    }
    const body = JSON.parse((await readBody(request)).toString('utf8')) as { mode?: unknown };
    const action = this.source.actions.find(({ id }) => pathname === `/api/actions/${id}`);
    if (action) {
      await action.run();
    } else if (pathname === '/api/faults' && isFaultMode(body.mode)) {
      this.source.setFaultMode(body.mode);
    } else {
      sendJson(response, 400, { message: `nothing to do for ${pathname}` });
      return;
    }
    sendJson(response, 202, { status: 'ok' });
    this.changed();
  }

  /** What the page shows. Routing keys appear by name only. */
  private state(): unknown {
    const { incidents, received, keyName, faultMode, actions, receivers } = this.source;
    return {
      incidents: incidents().map(({ routingKey, latest, ...incident }) => ({
        ...incident,
        service: keyName(routingKey),
        severity: latest.payload?.severity,
        payload: latest.payload,
        client: latest.client,
        clientUrl: latest.client_url,
        links: latest.links ?? [],
        images: latest.images ?? [],
      })),
      requests: received().slice(-LISTED_REQUESTS).reverse().map(({ number, at, status, effect, errors, event }) => ({
        number,
        at: new Date(at).toISOString(),
        status: status ?? null,
        action: (event as { event_action?: string } | undefined)?.event_action,
        summary: (event as { payload?: { summary?: string } } | undefined)?.payload?.summary,
        change: effect?.change,
        incident: effect?.incident?.number,
        errors,
      })),
      requestCount: received().length,
      receivers: receivers.map(({ transport, title, calls }) => ({
        id: transport,
        title,
        count: calls.length,
        calls: calls.slice(-LISTED_REQUESTS).reverse().map(({ at, text, html, ...call }) => (
          { ...call, hasHtml: html !== undefined, at: new Date(at).toISOString(), ...(text !== undefined && { text: shortened(text) }) }
        )),
      })),
      faultMode: faultMode(),
      actions: actions.map(({ id, label }) => ({ id, label })),
    };
  }
}
