import type { IncomingMessage, ServerResponse } from 'http';
import { HttpSimulator, playFault } from './http-simulator';
import type { ListedCall, TransportEntry } from './receiver-simulator';
import { listSlackPost, parseBody, type SlackPost } from './slack-message';
import { secretNames } from './transport-entries';
import { Transport } from '../../src/contract/queued-notification';

const HOOKS = '/services';
const API = '/api/chat.postMessage';
const API_TARGET = 'api';

/** Takes messages as Slack does: incoming webhooks answer `ok` in plain text, and the API answers JSON. */
export class SlackSimulator extends HttpSimulator<typeof Transport.SLACK, SlackPost> {
  public static async start(): Promise<SlackSimulator> {
    return new SlackSimulator().listen();
  }

  public readonly transport = Transport.SLACK;
  public readonly title = 'Slack messages';
  /** Whether messages that Slack would refuse are accepted, so that nobody sends them again. */
  public acceptsAnything = false;

  private constructor() {
    super();
  }

  public get calls(): ListedCall[] {
    return this.received.map(listSlackPost);
  }

  public get apiUrl(): string {
    return `${this.url}${API}`;
  }

  /** The URL of an incoming webhook for the entry whose secret has this name. */
  public endpoint(target: string): string {
    return `${this.url}${HOOKS}/${encodeURIComponent(target)}`;
  }

  public secretsFor({ settings: { url, ...http } }: TransportEntry<'slack'>): Record<string, string> {
    return {
      ...('secret' in url && { [url.secret]: this.endpoint(url.secret) }),
      ...Object.fromEntries(secretNames(http).map((name) => [name, `placeholder of ${name}`])),
    };
  }

  protected async handle(request: IncomingMessage, response: ServerResponse, body: string): Promise<boolean> {
    const url = request.url ?? '';
    const [, hook, rest] = new RegExp(`^${HOOKS}/([^/?]+)(.*)$`).exec(url) ?? [];
    const index = this.received.length;
    const post = {
      at: Date.now(),
      target: hook === undefined ? API_TARGET : decodeURIComponent(hook),
      method: request.method ?? '',
      path: rest ?? url.replace(API, ''),
      headers: request.headers,
      ...(request.headers.authorization !== undefined && { authorization: request.headers.authorization }),
      body,
    };
    this.received.push(post);
    const fault = this.faults?.(post);
    if (await playFault(fault, response)) {
      const error = fault?.status === undefined && !this.acceptsAnything ? errorOf(post) : undefined;
      const answer = hook === undefined ? apiAnswer(error) : hookAnswer(error);
      const status = fault?.status ?? answer.status;
      this.received[index] = { ...post, status, ...(error !== undefined && { error }) };
      response.writeHead(status, { 'content-type': answer.type, ...fault?.headers });
      response.end(fault?.status === undefined ? answer.body : fault.body ?? '');
    }
    return true;
  }
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

function hookAnswer(error: string | undefined): Answer {
  return { status: error === undefined ? 200 : 400, type: 'text/html', body: error ?? 'ok' };
}

function apiAnswer(error: string | undefined): Answer {
  return { status: 200, type: 'application/json; charset=utf-8', body: JSON.stringify(error === undefined ? { ok: true, channel: 'C0', ts: '1.000' } : { ok: false, error }) };
}

/** The name of the error with which Slack refuses a message. */
function errorOf(post: SlackPost): string | undefined {
  const message = parseBody(post);
  if (message === undefined) {
    return 'invalid_payload';
  }
  if (post.target === API_TARGET && !/^Bearer \S/.test(post.authorization ?? '')) {
    return 'not_authed';
  }
  return post.target === API_TARGET && typeof message.channel !== 'string' ? 'channel_not_found' : undefined;
}
