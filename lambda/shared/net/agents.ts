import http from 'node:http';
import type https from 'node:https';
import type { PostRequest } from './post-request';
import { PreconnectingAgent } from './preconnecting-agent';
import { systemClock } from '../clock';

/** Node.js 24 reads proxies from `proxyEnv`; the type definitions of Node.js 20 do not know the option. */
type AgentOptions = https.AgentOptions & { readonly proxyEnv?: NodeJS.ProcessEnv };

/**
 * Lambda freezes an instance between invocations, and a network device can drop a connection meanwhile without a word. A
 * request on such a connection would wait for its whole time limit.
 */
const MAX_IDLE_MS = 60_000;

/** What Node.js does for its global agent: `HTTPS_PROXY` and `NO_PROXY` count when `NODE_USE_ENV_PROXY` is `1`. */
export function usesProxy({ NODE_USE_ENV_PROXY: flag }: NodeJS.ProcessEnv): boolean {
  return flag === '1';
}

// `node:https` instead of `fetch`: its first call is faster by tens of milliseconds.
const newAgents = (options: AgentOptions): { readonly http: http.Agent; readonly https: PreconnectingAgent } =>
  ({ http: new http.Agent(options), https: new PreconnectingAgent(options) });

const DIRECT = newAgents({ keepAlive: true });
const FROM_ENVIRONMENT = usesProxy(process.env) ? newAgents({ keepAlive: true, proxyEnv: process.env }) : DIRECT;

let lastUsedAt = -Infinity;

/**
 * Opens the connections of the first requests, side by side. Call it as the last step of the start of a function, when AWS Lambda gives it a
 * whole processor. Through a proxy, each request opens its own.
 */
export function preconnect(urls: readonly URL[]): void {
  if (usesProxy(process.env)) return;
  try {
    lastUsedAt = systemClock.now();
    urls.filter(({ protocol }) => protocol === 'https:').forEach((url) => DIRECT.https.preconnect(url));
  } catch {
    // The first request meets the same, and reports it.
  }
}

export function agentFor({ url: { protocol }, isDirect = false }: Pick<PostRequest, 'url' | 'isDirect'>): http.Agent | PreconnectingAgent {
  const agents = isDirect ? DIRECT : FROM_ENVIRONMENT;
  return protocol === 'https:' ? agents.https : agents.http;
}

/** Closes kept connections when the last request was long ago. Call before each request. */
export function closeIdleConnections(): void {
  const now = systemClock.now();
  const isLongAgo = now - lastUsedAt > MAX_IDLE_MS;
  lastUsedAt = now;
  if (!isLongAgo) return;
  for (const agents of [DIRECT, FROM_ENVIRONMENT]) {
    for (const sockets of Object.values(agents.http.freeSockets)) sockets?.forEach((socket) => socket.destroy());
    agents.https.closeIdle();
  }
}
