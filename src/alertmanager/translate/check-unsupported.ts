import type { FindingReporter } from '../../findings/reporter';
import type { AlertmanagerFile, ConfigPath } from '../model';
import { UnsupportedReceivers } from '../options';

/** The lists that are translated, in words. */
const TRANSLATED = 'pagerduty_configs, webhook_configs, slack_configs, email_configs, and sns_configs';

/** A list of a receiver whose integrations are not translated. */
interface UnsupportedList {
  readonly type: string;
  readonly receiver: string;
  readonly path: ConfigPath;
}

/**
 * Integrations of other types. Whether to leave them out is one decision, so one error names all of them. Left out, each list of a
 * receiver is a warning of its own: an acknowledgment must not cover what is added later.
 */
export function checkUnsupported(file: AlertmanagerFile, choice: UnsupportedReceivers, reporter: FindingReporter): void {
  const lists = file.receivers.flatMap(({ name, others }, index) =>
    others.map((type): UnsupportedList => ({ type, receiver: name, path: ['receivers', index, type] })));
  if (choice === UnsupportedReceivers.WARN) {
    lists.forEach(({ type, receiver, path }) => reporter.warning(path, {
      code: 'integration-dropped',
      message: `${type} of receiver "${receiver}" is left out: only ${TRANSLATED} can be translated`,
      fix: 'its notifications will no longer be sent; acknowledge this if that is intended',
      subject: `${receiver}/${type}`,
    }));
  } else if (lists.length > 0) {
    reporter.error(lists[0].path, {
      code: 'integration-unsupported',
      message: `${describe(lists)} cannot be translated; only ${TRANSLATED} can`,
      fix: `remove ${lists.length === 1 ? 'it' : 'them'}, or leave all such integrations out with unsupportedReceivers: UnsupportedReceivers.WARN`,
    });
  }
}

/** `opsgenie_configs of receivers "a" and "b", and wechat_configs of receiver "c"`. */
function describe(lists: readonly UnsupportedList[]): string {
  const byType = new Map<string, string[]>();
  for (const { type, receiver } of lists) {
    byType.set(type, [...byType.get(type) ?? [], `"${receiver}"`]);
  }
  return enumerate([...byType].map(([type, receivers]) => `${type} of receiver${receivers.length > 1 ? 's' : ''} ${enumerate(receivers)}`));
}

function enumerate(texts: readonly string[]): string {
  const last = texts.length - 1;
  return texts.length < 3 ? texts.join(' and ') : `${texts.slice(0, last).join(', ')}, and ${texts[last]}`;
}
