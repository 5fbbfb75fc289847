import { UsageError } from './console';
import { SysdigRegion } from '../alertmanager/targets/sysdig-region';
import { WebhookTarget } from '../alertmanager/targets/webhook-target';
import type { WebhookTargets } from '../alertmanager/translate/transports/sysdig';

/**
 * The receivers that the app binds to Sysdig Monitor with its prop `webhooks`, as `RECEIVER` or, with a `tokenName`, `RECEIVER=NAME`. The
 * region is not asked for: it changes neither what is checked nor what the secret needs.
 */
export function parseSysdigReceivers(options: readonly string[]): WebhookTargets {
  return Object.fromEntries(options.map((option) => {
    const equals = option.lastIndexOf('=');
    const [receiver, tokenName] = equals < 0 ? [option, undefined] : [option.slice(0, equals), option.slice(equals + 1)];
    if (receiver === '' || tokenName === '') {
      throw new UsageError(`--sysdig is RECEIVER or RECEIVER=NAME, not ${JSON.stringify(option)}`);
    }
    return [receiver, WebhookTarget.sysdig({ region: SysdigRegion.US1, tokenName })];
  }));
}
