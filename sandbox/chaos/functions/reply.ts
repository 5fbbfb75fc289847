/** How a request of a function is answered. */
export type Reply =
  | { readonly kind: 'http'; readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  /** These bytes, which need not be an answer. */
  | { readonly kind: 'raw'; readonly text: string }
  /** The connection is reset. */
  | { readonly kind: 'reset' }
  /** Nothing comes. */
  | { readonly kind: 'silence' }
  /** The instance is killed. */
  | { readonly kind: 'kill' };

/** What happens to a request, after a time. */
export interface Treatment {
  readonly latencyMs: number;
  /** Does what the request asks for. What it returns is the answer, unless there is another. */
  readonly act?: () => Reply | undefined;
  readonly reply?: Reply;
}

export function json(status: number, body: unknown, headers?: Readonly<Record<string, string>>): Reply {
  return { kind: 'http', status, headers, body: JSON.stringify(body) };
}
