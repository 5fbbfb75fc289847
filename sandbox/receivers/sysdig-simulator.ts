import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'http';
import { HttpSimulator, playFault } from './http-simulator';
import type { ListedCall, TransportEntry } from './receiver-simulator';
import { errorsOfSysdigBody, type SysdigError } from './sysdig-rules';
import { secretNames } from './transport-entries';
import { Transport } from '../../src/contract/queued-notification';
import { SYSDIG_EVENTS_PATH, type SysdigEndpoints, type SysdigEvent } from '../../src/contract/sysdig';
import { isObject } from '../assembly/template';
import { sendJson } from '../net/loopback';

/** A request to the API of events. */
export interface SysdigCall {
  readonly at: number;
  /** The name of the endpoint; empty for a client that knows the URL of the simulator only. */
  readonly endpoint: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly status: number;
  readonly errors: readonly SysdigError[];
}

/** The path in front of that of the API, with the name of an endpoint. */
const ENDPOINTS = '/endpoints';

/** Where an API key of IBM Cloud is exchanged. */
const TOKEN_PATH = '/identity/token';

const TOKEN = 'placeholder token of ';
const ACCESS_TOKEN = 'access token for ';

/** Sysdig Monitor's API of events on this machine, with IBM Cloud's IAM: checks requests as far as their form is known. */
export class SysdigSimulator extends HttpSimulator<typeof Transport.SYSDIG, SysdigCall, void> {
  public static async start(): Promise<SysdigSimulator> {
    return new SysdigSimulator().listen();
  }

  public readonly transport = Transport.SYSDIG;
  public readonly title = 'Sysdig events';

  private constructor() {
    super();
  }

  public get calls(): ListedCall[] {
    return this.received.map(listedCall);
  }

  /** The events that were accepted, oldest first. */
  public get events(): SysdigEvent[] {
    return this.received.filter(({ status }) => status === 200).map(({ body }) => (JSON.parse(body) as { event: SysdigEvent }).event);
  }

  /** These endpoints on this machine. */
  public endpoints(deployed: SysdigEndpoints): SysdigEndpoints {
    return Object.fromEntries(Object.entries(deployed).map(([name, { ibm }]) => [name, {
      url: `${this.url}${ENDPOINTS}/${encodeURIComponent(name)}${SYSDIG_EVENTS_PATH}`,
      ...(ibm && { ibm: { ...ibm, tokenUrl: `${this.url}${TOKEN_PATH}` } }),
    }]));
  }

  public secretsFor({ settings }: TransportEntry): Record<string, string> {
    return Object.fromEntries(secretNames(settings).map((name) => [name, `${TOKEN}${name}`]));
  }

  protected async handle(request: IncomingMessage, response: ServerResponse, body: string): Promise<boolean> {
    if (request.url === TOKEN_PATH) {
      exchange(body, response);
      return false;
    }
    const [, endpoint = '', path] = new RegExp(`^(?:${ENDPOINTS}/([^/]+))?(/.*)$`).exec(request.url ?? '') ?? [];
    if (request.method !== 'POST' || path !== SYSDIG_EVENTS_PATH) {
      sendJson(response, 404, { message: 'Not Found' });
      return false;
    }
    const fault = this.faults?.();
    if (!(await playFault(fault, response))) {
      return false;
    }
    const { status, errors } = fault?.status !== undefined ? { status: fault.status, errors: [] } : judge(request.headers, body);
    this.received.push({ at: Date.now(), endpoint: decodeURIComponent(endpoint), headers: request.headers, body, status, errors });
    const answer = status === 200 ? { event: { id: String(this.received.length), ...(JSON.parse(body) as { event: object }).event } } : { errors };
    Object.entries(fault?.headers ?? {}).forEach(([name, value]) => response.setHeader(name, value));
    sendJson(response, status, answer);
    return true;
  }
}

function judge({ authorization = '', 'content-type': type = '', ibminstanceid: instance }: IncomingHttpHeaders, body: string): Pick<SysdigCall, 'status' | 'errors'> {
  const isAccess = authorization.startsWith(`Bearer ${ACCESS_TOKEN}`);
  if (!authorization.startsWith(`Bearer ${TOKEN}`) && !(isAccess && instance !== undefined)) {
    return { status: 401, errors: [{ reason: 'Unauthorized', message: 'The token is not known' }] };
  }
  if (!type.startsWith('application/json')) {
    return { status: 415, errors: [{ reason: 'Unsupported Media Type', message: 'The body must be JSON' }] };
  }
  const errors = errorsOfSysdigBody(parse(body));
  return { status: errors.length === 0 ? 200 : 422, errors };
}

/** IBM Cloud's IAM: an access token for an API key. */
function exchange(body: string, response: ServerResponse): void {
  const form = new URLSearchParams(body);
  const apiKey = form.get('apikey') ?? '';
  if (form.get('grant_type') !== 'urn:ibm:params:oauth:grant-type:apikey' || !apiKey.startsWith(TOKEN)) {
    sendJson(response, 400, { errorCode: 'BXNIM0415E', errorMessage: 'Provided API key could not be found.' });
    return;
  }
  sendJson(response, 200, { access_token: `${ACCESS_TOKEN}${apiKey.slice(TOKEN.length)}`, token_type: 'Bearer', expires_in: 3600 });
}

function listedCall({ at, endpoint, body, status, errors }: SysdigCall, index: number): ListedCall {
  const content = parse(body);
  const event = isObject(content) && isObject(content.event) ? content.event : {};
  const state = isObject(event.tags) ? event.tags.status : undefined;
  return {
    number: index + 1,
    at,
    target: `Sysdig Monitor, ${endpoint}`,
    ...((state === 'firing' || state === 'resolved') && { status: state }),
    summary: typeof event.name === 'string' ? event.name : `${body.length} characters`,
    answer: [status, ...errors.map(({ message }) => message)].join(' '),
    isAccepted: status === 200,
    facts: { severity: String(event.severity), ...(typeof event.scope === 'string' && { scope: event.scope }) },
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
