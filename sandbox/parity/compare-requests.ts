import type { IncomingHttpHeaders } from 'http';
import { diff } from './diff';
import type { Difference } from './pair';

/** What a request says in front of its body. */
export interface RequestHead {
  readonly method: string;
  /** What stands in the URL behind the part that names the entry, with the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** Headers of the connection, and the name of the client, which differ between any two HTTP clients. */
const NOT_COMPARED = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'accept-encoding', 'user-agent']);

/** Values that can come from the secret are never shown. */
const HIDDEN = '(not shown)';

/** All that differs in two requests besides their bodies: method, URL, and headers. */
export function compareRequests(native: RequestHead, relayed: RequestHead): Difference[] {
  return [
    ...diff({ method: native.method }, { method: relayed.method }),
    ...(native.path === relayed.path ? [] : [{ field: 'url', native: HIDDEN, relayed: HIDDEN }]),
    ...diff(comparedHeaders(native), comparedHeaders(relayed)).map(({ field }) => ({ field: `headers.${field}`, native: HIDDEN, relayed: HIDDEN })),
  ];
}

function comparedHeaders({ headers }: RequestHead): Record<string, unknown> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !NOT_COMPARED.has(name)));
}
