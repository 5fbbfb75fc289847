import type { TranslatedHttp } from './http-settings';
import { missingPermissions } from './missing-permissions';
import { type AddressPermission, MAX_REQUEST_TIMEOUT_MS } from '../../../contract/queued-notification';
import type { FindingReporter } from '../../../findings/reporter';
import type { ConfigPath } from '../../model';

/**
 * Whether the notify function can connect to a URL. URLs are secrets: no finding contains more of one than its host.
 *
 * @param permissions the addresses besides public ones over HTTPS that the function can connect to.
 */
export function checkAddress(text: string, path: ConfigPath, permissions: readonly AddressPermission[], reporter: FindingReporter): void {
  const url = parseUrl(text);
  const missing = url && missingPermissions(url, permissions);
  if (url && missing) {
    reporter.warning(path, {
      code: 'address-refused',
      message: `the notify function does not connect to ${url.protocol}//${url.host}: ${missing.reason}. Notifications for it move to the dead-letter queue`,
      fix: missing.fix,
    });
  }
}

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

const CREDENTIALS = 'basic_auth, authorization, or http_headers';
const PROXY_FIX = 'name the proxy with Delivery.relay({ notify: { httpsProxy } }), and remove this or acknowledge it: https requests to public addresses use the proxy, '
  + 'without headers of its own';

/** By the field of `http_config` that a function cannot honor. */
const HTTP_FIXES: ReadonlyMap<string, string> = new Map([
  ...['proxy_url', 'no_proxy', 'proxy_from_environment', 'proxy_connect_header'].map((field) => [field, PROXY_FIX] as const),
  ['oauth2', `authenticate with ${CREDENTIALS} and a token that does not expire; or acknowledge this if the server accepts requests without`],
  ['tls_config', 'give the server a certificate of a public certificate authority, because certificates are verified as usual, and authenticate with '
    + `${CREDENTIALS} in the place of a client certificate; or acknowledge this if the server accepts requests without`],
]);
const OTHER_FIX = `use ${CREDENTIALS}; or acknowledge this if the server accepts requests without`;

/** What of an `http_config` a function cannot honor: a finding for each thing to do. */
export function checkHttp({ dropped }: TranslatedHttp, path: ConfigPath, reporter: FindingReporter): void {
  const fixOf = (field: string): string => HTTP_FIXES.get(field) ?? OTHER_FIX;
  for (const fix of new Set(dropped.map(fixOf))) {
    const fields = dropped.filter((field) => fixOf(field) === fix);
    reporter.warning([...path, fields[0]], {
      code: 'request-http-config',
      message: `${fields.join(', ')} of http_config cannot be honored by a function: requests are sent without`,
      fix,
    });
  }
}

export function checkTimeout(timeout: string | undefined, timeoutMs: number | undefined, path: ConfigPath, reporter: FindingReporter): void {
  if ((timeoutMs ?? 0) > MAX_REQUEST_TIMEOUT_MS) {
    reporter.warning(path, {
      code: 'request-timeout-capped',
      message: `the timeout is ${timeout}, and the notify function waits ${MAX_REQUEST_TIMEOUT_MS / 1000} seconds at most`,
      fix: 'write 30s or less; requests that take longer are retried',
    });
  }
}
