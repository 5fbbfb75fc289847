import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { permissionForAddress } from '../../../src/contract/addresses';
import type { Post } from '../../shared/net/post';

/**
 * Sends requests through the proxy of the environment if every address of their server is public, and directly otherwise.
 *
 * Through a proxy, Node.js does not call the `lookup` of a request, so nothing would refuse an address. The name is resolved with it
 * before: what the lookup refuses is not asked of the proxy either. The proxy resolves the name again, and answers for what it connects to.
 */
export function proxiedPost(post: Post): Post {
  return async (request) => {
    const { url, lookup, timeoutMs } = request;
    // Requests to AWS have no lookup, and the environment names no proxy for http.
    if (lookup === undefined || url.protocol !== 'https:') return post(request);
    const startedAt = performance.now();
    const addresses = await withLimit(resolveAll(url.hostname.replace(/^\[|\]$/g, ''), lookup), timeoutMs);
    const isDirect = addresses.some((address) => permissionForAddress(address) !== undefined);
    return post({ ...request, isDirect, timeoutMs: Math.max(1, timeoutMs - (performance.now() - startedAt)) });
  };
}

async function resolveAll(hostname: string, lookup: LookupFunction): Promise<string[]> {
  return new Promise((resolve, reject) => {
    lookup(hostname, { all: true }, (error, addresses) => {
      if (error) reject(error);
      else resolve((addresses as LookupAddress[]).map(({ address }) => address));
    });
  });
}

async function withLimit<T>(work: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`the name was not resolved within ${Math.round(limitMs)} ms`)), limitMs);
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}
