import { isRecord } from '../shared/guards';

/** The addresses that events can be sent to, by name. */
export type Endpoints = ReadonlyMap<string, URL>;

export function isTextRecord(value: unknown): value is Readonly<Record<string, string>> {
  return isRecord(value) && Object.values(value).every((entry) => typeof entry === 'string');
}

/**
 * Checks the addresses once, when the function starts.
 *
 * @throws Error when one is not https (http only to this machine, for tests), or the default is none of them.
 */
export function parseEndpoints(urls: Readonly<Record<string, string>>, defaultName: string): Endpoints {
  const endpoints = new Map(Object.entries(urls).map(([name, url]) => [name, parseEndpoint(name, url)] as const));
  if (!endpoints.has(defaultName)) throw new Error(`the default endpoint "${defaultName}" is none of ${Array.from(endpoints.keys()).join(', ')}`);
  return endpoints;
}

function parseEndpoint(name: string, text: string): URL {
  if (!URL.canParse(text)) throw new Error(`the endpoint "${name}" is not a URL: ${text}`);
  const url = new URL(text);
  const isAllowed = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
  if (!isAllowed) throw new Error(`the endpoint "${name}" must be https, for the routing key travels in the request: ${text}`);
  return url;
}

const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
