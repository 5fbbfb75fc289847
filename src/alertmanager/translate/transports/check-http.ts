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

/** What of an `http_config` a function cannot honor. */
export function checkHttp({ dropped }: TranslatedHttp, path: ConfigPath, reporter: FindingReporter): void {
  if (dropped.length > 0) {
    reporter.warning(path, {
      code: 'request-http-config',
      message: `${dropped.join(', ')} of http_config cannot be honored by a function: requests are sent without`,
      fix: 'use basic_auth, authorization, or http_headers; or acknowledge this if the server accepts requests without',
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
