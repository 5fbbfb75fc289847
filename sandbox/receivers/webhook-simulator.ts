import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'http';
import { HttpSimulator, playFault } from './http-simulator';
import type { ListedCall, TransportEntry } from './receiver-simulator';
import { secretNames } from './transport-entries';
import { Transport } from '../../src/contract/queued-notification';
import { isObject } from '../assembly/template';

/** A request to a webhook. */
export interface WebhookCall {
  readonly at: number;
  readonly method: string;
  /** The entry whose URL it was, by the name of its secret, such as `team/webhook/0`. */
  readonly target: string;
  /** What stands in the URL behind the part that names the entry, with the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The status that was answered; undefined while the answer waits, and when the connection was closed instead. */
  readonly status?: number;
}

/** The path in front of what a user's URL says. */
const ROOT = '/receivers';

/** Takes the calls of webhooks, and answers 200 unless a fault is set. */
export class WebhookSimulator extends HttpSimulator<typeof Transport.WEBHOOK, WebhookCall> {
  public static async start(): Promise<WebhookSimulator> {
    return new WebhookSimulator().listen();
  }

  public readonly transport = Transport.WEBHOOK;
  public readonly title = 'Webhook calls';

  private constructor() {
    super();
  }

  public get calls(): ListedCall[] {
    return this.received.map(listedCall);
  }

  /**
   * A URL for the entry whose secret has this name. The name has no escapes there: Go decodes a `%2F` of the URL when something else in its
   * path needs an escape.
   */
  public endpoint(target: string): string {
    return `${this.url}${ROOT}/${Buffer.from(target).toString('base64url')}`;
  }

  /** The URL has as many actions as that of the configuration, whose own text is in the real secret only. */
  public secretsFor({ settings: { url, urlActions = 0, ...http } }: TransportEntry<'webhook'>): Record<string, string> {
    return {
      [url]: `${this.endpoint(url)}${'/{{ . }}'.repeat(urlActions)}`,
      ...Object.fromEntries(secretNames(http).map((name) => [name, `placeholder of ${name}`])),
    };
  }

  protected async handle(request: IncomingMessage, response: ServerResponse, body: string): Promise<boolean> {
    const [, target = '', path = ''] = new RegExp(`^${ROOT}/([^/?]+)(.*)$`).exec(request.url ?? '') ?? [];
    const index = this.received.length;
    const call = { at: Date.now(), method: request.method ?? '', target: Buffer.from(target, 'base64url').toString(), path, headers: request.headers, body };
    this.received.push(call);
    const fault = target === '' ? { status: 404 } : this.faults?.(call);
    if (await playFault(fault, response)) {
      const status = fault?.status ?? 200;
      this.received[index] = { ...call, status };
      response.writeHead(status, { 'content-type': 'text/plain', ...fault?.headers });
      response.end(fault?.body ?? '');
    }
    return true;
  }
}

function listedCall({ at, target, status, body }: WebhookCall, index: number): ListedCall {
  const content = parse(body);
  const state = isObject(content) ? content.status : undefined;
  const alerts = isObject(content) && Array.isArray(content.alerts) ? content.alerts : undefined;
  const labels = isObject(content) && isObject(content.groupLabels) ? Object.values(content.groupLabels) : [];
  return {
    number: index + 1,
    at,
    target: target.replace(/^(.*)\/webhook\/(\d+)$/, 'receivers.$1.webhook_configs[$2]'),
    ...((state === 'firing' || state === 'resolved') && { status: state }),
    summary: alerts === undefined ? `${body.length} characters` : `${alerts.length} alert${alerts.length === 1 ? '' : 's'}${labels.length > 0 ? `: ${labels.join(' ')}` : ''}`,
    answer: status === undefined ? 'no answer' : String(status),
    isAccepted: status !== undefined && status >= 200 && status < 300,
    text: content === undefined ? body : JSON.stringify(content, null, 2),
  };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
