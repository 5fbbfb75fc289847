import type { StructValue } from './decoded';
import type { ReportAt } from './references';
import { SLACK_API_URL } from '../../contract/queued-notification';

/**
 * Checks what an entry of `slack_configs` and `global` say together about where messages go. Alertmanager refuses a file with one of
 * these mistakes.
 */
export function checkSlackDestinations(root: StructValue, report: ReportAt): void {
  const global = root.struct('global');
  root.structs('receivers').forEach((receiver, receiverIndex) => {
    receiver?.structs('slack_configs').forEach((entry, index) => {
      if (entry && !root.isInvalid('global')) {
        checkEntry(entry, global, ['receivers', receiverIndex, 'slack_configs', index], report);
      }
    });
  });
}

function checkEntry(entry: StructValue, global: StructValue | undefined, place: ReadonlyArray<string | number>, report: ReportAt): void {
  if (!entry.has('app_url') && global?.isExplicitNull('slack_app_url') === true) {
    report(place, {
      code: 'config-missing-field',
      message: '"global.slack_app_url" is null, and this entry of "slack_configs" has no "app_url"',
      fix: 'remove "global.slack_app_url"',
    });
  }
  const isAuthorized = (http: StructValue | undefined): boolean => http !== undefined && AUTHORIZATIONS.some((name) => http.get(name) !== undefined);
  const ownToken = entry.has('app_token') || entry.has('app_token_file');
  const globalHas = (...names: string[]): boolean => names.some((name) => global?.has(name) === true);
  const hasGlobalToken = globalHas('slack_app_token', 'slack_app_token_file');
  const inheritsToken = hasGlobalToken && !isAuthorized(entry.struct('http_config')) && !entry.has('api_url');
  const hasUrl = entry.has('api_url') || entry.has('api_url_file') || globalHas('slack_api_url', 'slack_api_url_file');
  if (hasGlobalToken && !ownToken && !inheritsToken && !hasUrl) {
    report(place, {
      code: 'config-missing-field',
      message: 'this entry of "slack_configs" has authorization of its own, so it does not inherit the app token of "global", and it has no "api_url"',
      fix: `set its "api_url" to ${SLACK_API_URL}, or remove the authorization`,
    });
  }
  const http = entry.struct('http_config') ?? global?.struct('http_config');
  if ((ownToken || inheritsToken) && isAuthorized(http)) {
    report(place, {
      code: 'config-conflicting-fields',
      message: `an app token and authorization of ${entry.struct('http_config') ? '' : 'global.'}http_config exclude each other`,
      fix: 'keep one of them; the token is sent as authorization',
    });
  }
  checkUpdates(entry, global, { place, hasToken: ownToken || inheritsToken }, report);
}

/** `bearer_token` becomes an authorization when it is loaded. */
const AUTHORIZATIONS = ['authorization', 'bearer_token', 'bearer_token_file'];

/** The URL of the entry itself was checked with its schema; here it is the one that the entry inherits. */
function checkUpdates(
  entry: StructValue,
  global: StructValue | undefined,
  { place, hasToken }: { readonly place: ReadonlyArray<string | number>; readonly hasToken: boolean },
  report: ReportAt,
): void {
  const ownUrl = entry.has('api_url') || entry.has('api_url_file');
  if (ownUrl && !hasToken) {
    return;
  }
  const appUrl = entry.text('app_url') ?? global?.text('slack_app_url') ?? SLACK_API_URL;
  const url = hasToken ? appUrl : global?.text('slack_api_url');
  for (const option of ['update_message', 'post_updates_to_thread'].filter((name) => entry.bool(name) === true)) {
    if (url !== SLACK_API_URL && (hasToken || global?.has('slack_api_url') === true || global?.has('slack_api_url_file') === true)) {
      report([...place, option], {
        code: 'config-invalid-value',
        message: `"${option}" needs a bot token, and this entry inherits a URL other than ${SLACK_API_URL}`,
        fix: `give the entry an "app_token", or set its "api_url" to ${SLACK_API_URL}`,
      });
    }
  }
}
