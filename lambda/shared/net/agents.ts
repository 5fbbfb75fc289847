import http from 'node:http';
import https from 'node:https';
import { systemClock } from '../clock';

/** Node.js 24 reads proxies from `proxyEnv`; the type definitions of Node.js 20 do not know the option. */
type AgentOptions = https.AgentOptions & { readonly proxyEnv?: NodeJS.ProcessEnv };

/**
 * Lambda freezes an instance between invocations, and a network device can drop a connection meanwhile without a word. A
 * request on such a connection would wait for its whole time limit.
 */
const MAX_IDLE_MS = 60_000;

const OPTIONS: AgentOptions = {
  keepAlive: true,
  // What Node.js does for its global agent: `HTTPS_PROXY` and `NO_PROXY` count when `NODE_USE_ENV_PROXY` is `1`.
  ...(process.env.NODE_USE_ENV_PROXY === '1' && { proxyEnv: process.env }),
};

// `node:https` instead of `fetch`: its first call is faster by tens of milliseconds.
const AGENTS = { 'http:': new http.Agent(OPTIONS), 'https:': new https.Agent(OPTIONS) };

let lastUsedAt = -Infinity;

export function agentFor({ protocol }: URL): http.Agent | https.Agent {
  return protocol === 'https:' ? AGENTS['https:'] : AGENTS['http:'];
}

/** Closes kept connections when the last request was long ago. Call before each request. */
export function closeIdleConnections(): void {
  const now = systemClock.now();
  const isLongAgo = now - lastUsedAt > MAX_IDLE_MS;
  lastUsedAt = now;
  if (!isLongAgo) return;
  for (const agent of Object.values(AGENTS)) {
    for (const sockets of Object.values(agent.freeSockets)) sockets?.forEach((socket) => socket.destroy());
  }
}
