import { checkAddress, checkHttp, checkTimeout } from './check-http';
import type { SecretCheck } from './check-secret';
import type { TranslatedSlack } from './slack';
import type { AddressPermission } from '../../../contract/queued-notification';
import type { FindingReporter } from '../../../findings/reporter';
import type { ConfigPath, SlackConfig, TemplateFile } from '../../model';
import { slackFields } from '../../templates';
import { definedTwice } from '../field-definitions';

/** An entry that is on a route, with its place in the file. */
export interface UsedSlack {
  readonly config: SlackConfig;
  readonly slack: TranslatedSlack;
  readonly place: ConfigPath;
}

/** What a check needs besides the entries. */
export interface SlackChecks {
  /** The addresses besides public ones over HTTPS that the notify function can connect to. */
  readonly permissions: readonly AddressPermission[];
  readonly secretCheck: SecretCheck;
  readonly templates: readonly TemplateFile[];
}

/** What of `slack_configs` needs a person. */
export function checkSlack(used: readonly UsedSlack[], { permissions, secretCheck, templates }: SlackChecks, reporter: FindingReporter): void {
  for (const { config, slack, place } of used) {
    const { url, http, secrets } = slack;
    checkAddress(url.text ?? '', url.place, permissions, reporter);
    secrets.forEach((secret) => secretCheck.check(secret, secret.place));
    checkHttp(http, http.place, reporter);
    checkTimeout(config.timeout, slack.settings.timeoutMs, [...place, 'timeout'], reporter);
    checkDropped(config, slack, place, reporter);
    checkChannel(config, slack, place, reporter);
    for (const name of definedTwice(slackFields(config, place, false).map(({ text }) => text), templates)) {
      reporter.error(place, {
        code: 'field-redefines-template',
        message: `a field defines the template ${JSON.stringify(name)}, which is defined elsewhere, too; all fields of an entry share one message`,
        fix: 'give it a name of its own, or define it once in a template file',
      });
    }
  }
}

function checkDropped(config: SlackConfig, { ignoredFile }: TranslatedSlack, place: ConfigPath, reporter: FindingReporter): void {
  for (const field of (['update_message', 'post_updates_to_thread'] as const).filter((name) => config[name] === true)) {
    reporter.warning([...place, field], {
      code: 'slack-field-dropped',
      message: `${field} needs the answer to an earlier message, which the relay does not keep: each notification is a message of its own`,
      fix: 'remove it, or acknowledge this',
    });
  }
  if (ignoredFile !== undefined) {
    reporter.warning([...place, 'api_url_file'], {
      code: 'slack-field-dropped',
      message: `the api_url_file "${ignoredFile}" has no effect beside the app token in global, neither here nor in Alertmanager`,
      fix: 'remove it; or write api_url instead, which comes before a token in global',
    });
  }
}

/** An incoming webhook has a channel of its own. */
function checkChannel({ channel }: SlackConfig, { isApi }: TranslatedSlack, place: ConfigPath, reporter: FindingReporter): void {
  if (isApi && !channel) {
    reporter.warning(place, {
      code: 'slack-channel-missing',
      message: 'this entry posts with a token and names no channel: Slack answers channel_not_found',
      fix: 'give "channel" the name or the id of a channel that the app is a member of',
    });
  }
}
