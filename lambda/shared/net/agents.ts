import http from 'node:http';
import https from 'node:https';
import tls from 'node:tls';
import type { PostRequest } from './post-request';
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

/**
 * Made when the function starts, because that reads the certificate authorities: AWS Lambda gives a function more of the processor while it
 * starts than for its first page.
 */
const secureContext = tls.createSecureContext();

// `node:https` instead of `fetch`: its first call is faster by tens of milliseconds.
const newAgents = (options: AgentOptions): { readonly http: http.Agent; readonly https: https.Agent } =>
  ({ http: new http.Agent(options), https: new https.Agent({ ...options, secureContext }) });

const DIRECT = newAgents({ keepAlive: true });
const FROM_ENVIRONMENT = usesProxy(process.env) ? newAgents({ keepAlive: true, proxyEnv: process.env }) : DIRECT;

let lastUsedAt = -Infinity;

export function agentFor({ url: { protocol }, isDirect = false }: Pick<PostRequest, 'url' | 'isDirect'>): http.Agent | https.Agent {
  const agents = isDirect ? DIRECT : FROM_ENVIRONMENT;
  return protocol === 'https:' ? agents.https : agents.http;
}

/** Closes kept connections when the last request was long ago. Call before each request. */
export function closeIdleConnections(): void {
  const now = systemClock.now();
  const isLongAgo = now - lastUsedAt > MAX_IDLE_MS;
  lastUsedAt = now;
  if (!isLongAgo) return;
  for (const agent of [DIRECT, FROM_ENVIRONMENT].flatMap((agents) => Object.values(agents))) {
    for (const sockets of Object.values(agent.freeSockets)) sockets?.forEach((socket) => socket.destroy());
  }
}
