import { Token, TokenComparison } from 'aws-cdk-lib';
import { changesHttp } from './check-receivers';
import type { ReceiverCopies } from './receiver-copies';
import { parseSnsArn } from './user-sns-config';
import type { FindingReporter } from '../../findings/reporter';
import type { AlertmanagerFile, ConfigPath, SnsConfig, TemplateFile } from '../model';
import { isStatic, printsNotification, usesReceiver, templatesUsingReceiver, snsTexts } from '../templates';

/** The entries of `sns_configs` whose receiver is on a route, with their place in the file. */
type UsedSnsConfigs = ReadonlyMap<SnsConfig, ConfigPath>;

/** Where the workspace will be. Each can be a token. */
interface Environment {
  readonly region: string;
  /** Absent where nobody knows, as for the command line. */
  readonly account?: string;
}

/**
 * What AMP forbids or needs of the user's own `sns_configs`, which it runs itself. AMP looks at a topic only when it publishes,
 * so whatever is wrong with it would lose notifications without a word at deployment.
 *
 * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-alertmanager-receiver-config.html
 */
export function checkSns(file: AlertmanagerFile, used: UsedSnsConfigs, environment: Environment, reporter: FindingReporter): void {
  const inherits = [...used.keys()].some((config) => !config.http_config);
  if (inherits && changesHttp(file.global?.http_config)) {
    reportHttpConfig(['global', 'http_config'], reporter);
  }
  const topics = new Set<string>();
  for (const [config, place] of used) {
    checkForbidden(config, place, reporter);
    checkTarget(config, place, environment, reporter);
    checkSubject(config, place, reporter);
    if (config.topic_arn && !topics.has(config.topic_arn)) {
      topics.add(config.topic_arn);
      reporter.warning([...place, 'topic_arn'], {
        code: 'sns-topic-policy',
        message: `AMP itself publishes to the topic ${config.topic_arn}, and only if the policy of the topic lets it`,
        fix: 'let aps.amazonaws.com call sns:Publish and sns:GetTopicAttributes on it, with aws:SourceArn of the workspace and aws:SourceAccount of the '
        + 'account, and use the key of the topic if it is encrypted; then acknowledge this',
        subject: config.topic_arn,
      });
    }
  }
}

/**
 * A receiver that pages has another name on each of its routes. The relay removes the difference from what goes to PagerDuty, and
 * the translation from `.Receiver` in the user's own templates. Alertmanager's own templates print the longer name, as does a notification
 * that is printed as a whole, and nothing stands between AMP and a topic of the user's.
 */
export function checkReceiverNames(
  file: AlertmanagerFile, receivers: ReceiverCopies, templates: readonly TemplateFile[], reporter: FindingReporter,
): void {
  const renamed = receivers.copies.filter((copy) => copy.suffix !== undefined && copy.source.sns_configs.length > 0);
  if (renamed.length === 0) {
    return;
  }
  const printers = templatesUsingReceiver(templates);
  for (const [index, receiver] of file.receivers.entries()) {
    const name = renamed.find((copy) => copy.source === receiver)?.name;
    for (const [number, config] of name === undefined ? [] : receiver.sns_configs.entries()) {
      if (snsTexts(config).some((text) => usesReceiver(text, printers))) {
        reporter.warning(['receivers', index, 'sns_configs', number], {
          code: 'sns-receiver-name',
          message: `a text of this entry prints the URL of Alertmanager, which ends in the name of the receiver: it is "${name}" on a route that leads to it`,
          fix: 'give the sns_configs a receiver and routes of their own, or define the template "__alertmanagerURL" in a template file',
        });
      } else if (snsTexts(config).some((text) => printsNotification(text, templates))) {
        reporter.warning(['receivers', index, 'sns_configs', number], {
          code: 'sns-receiver-name',
          message: `a text of this entry prints the notification as a whole, with the name of the receiver: it is "${name}" on a route that leads to it`,
          fix: 'print its fields, such as {{ .Receiver }} and {{ .Status }}, or give the sns_configs a receiver and routes of their own',
        });
      }
    }
  }
}

function checkForbidden(config: SnsConfig, place: ConfigPath, reporter: FindingReporter): void {
  if (config.api_url) {
    reporter.error([...place, 'api_url'], {
      code: 'sns-api-url',
      message: 'the api_url is AMP\'s to choose: it refuses a definition that has one',
      fix: 'remove it',
    });
  }
  if (changesHttp(config.http_config)) {
    reportHttpConfig([...place, 'http_config'], reporter);
  }
  for (const field of config.sigv4?.others ?? []) {
    reporter.error([...place, 'sigv4', field], {
      code: 'sns-credentials',
      message: `sigv4.${field} has no place in AMP, which publishes on its own behalf, nor in a template`,
      fix: 'remove it, and let aps.amazonaws.com publish in the policy of the topic',
    });
  }
  if (config.workspace_arn) {
    reporter.warning([...place, 'workspace_arn'], {
      code: 'sns-field-dropped',
      message: 'workspace_arn is what AMP adds when it shows its configuration; it is left out',
      fix: 'remove it, or acknowledge this',
    });
  }
  if (config.use_aws_http_client) {
    reporter.warning([...place, 'use_aws_http_client'], {
      code: 'sns-field-dropped',
      message: 'use_aws_http_client chooses how Alertmanager talks to AWS, which is AMP\'s business now; it is left out',
      fix: 'remove it, or acknowledge this',
    });
  }
}

function reportHttpConfig(path: ConfigPath, reporter: FindingReporter): void {
  reporter.error(path, {
    code: 'sns-http-config',
    message: 'AMP refuses an http_config for sns_configs: it publishes from inside of AWS, without proxies or certificates',
    fix: path[0] === 'global' ? 'remove it, or give each of the sns_configs an empty one of its own: http_config: {}' : 'remove it',
  });
}

function checkTarget(config: SnsConfig, place: ConfigPath, environment: Environment, reporter: FindingReporter): void {
  for (const field of ['phone_number', 'target_arn'] as const) {
    if (config[field]) {
      reporter.warning([...place, field], {
        code: 'sns-target-unverified',
        message: `AMP documents topic_arn only; whether it notifies a ${field} is not known`,
        fix: 'publish to a topic that the phone or the application is subscribed to; or send a test alert after the first deployment, then acknowledge this',
      });
    }
  }
  const arn = config.topic_arn;
  if (arn) {
    checkTopic(arn, [...place, 'topic_arn'], environment, reporter);
    checkRegion(config, [...place, 'sigv4', 'region'], reporter);
  }
}

/** SNS allows letters, digits, `-` and `_` in names. The suffix makes it a FIFO topic. */
const TOPIC_ARN = /^arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+(?:\.fifo)?$/;

function checkTopic(arn: string, path: ConfigPath, environment: Environment, reporter: FindingReporter): void {
  if (!isStatic(arn)) {
    reporter.warning(path, {
      code: 'sns-target-unverified',
      message: 'the topic_arn is a template; AMP does not say whether it executes it',
      fix: 'write an entry for each topic, and choose between them by routes; or send a test alert after the first deployment, then acknowledge this',
    });
  } else if (!TOPIC_ARN.test(arn)) {
    reporter.error(path, {
      code: 'sns-topic-invalid',
      message: `"${arn}" is no ARN of an SNS topic`,
      fix: 'it looks like arn:aws:sns:<region>:<account of 12 digits>:<name>',
    });
  }
  if (arn.endsWith('.fifo')) {
    reporter.error(path, {
      code: 'sns-topic-fifo',
      message: 'the topic is a FIFO topic, and AMP publishes to standard topics only',
      fix: 'use a standard topic',
    });
  }
  const target = parseSnsArn(arn);
  if (target && environment.account !== undefined && differ(target.account, environment.account)) {
    reporter.error(path, {
      code: 'sns-topic-other-account',
      message: `the topic is in account ${target.account}, the workspace will be in account ${environment.account}`,
      fix: 'use a topic of the same account; it can be subscribed to from another one',
    });
  }
  if (target && differ(target.region, environment.region)) {
    reporter.warning(path, {
      code: 'sns-topic-other-region',
      message: `the topic is in region ${target.region}, the workspace will be in region ${environment.region}`,
      fix: `use a topic in ${environment.region}; across regions, AMP's principal in the policy of the topic is another one, so send a test alert before you acknowledge this`,
      subject: arn,
    });
  }
}

/** Requests are signed for a region, and sent there. */
function checkRegion(config: SnsConfig, path: ConfigPath, reporter: FindingReporter): void {
  const signed = config.sigv4?.region;
  const topic = parseSnsArn(config.topic_arn)?.region;
  if (signed !== undefined && topic !== undefined && signed !== topic) {
    reporter.error(path, {
      code: 'sns-region-mismatch',
      message: `sigv4.region is ${signed}, but the topic is in ${topic}: SNS refuses what is sent to another region`,
      fix: `write ${topic}, or leave it out: then it is the region of the topic`,
    });
  }
}

/** SNS' limit, in characters. */
const SUBJECT_LIMIT = 100;

/** What a template prints is not known; AMP then replaces or truncates it, and adds an attribute. */
function checkSubject(config: SnsConfig, place: ConfigPath, reporter: FindingReporter): void {
  const subject = config.subject ?? '';
  if (!isStatic(subject)) {
    return;
  }
  if (/[^ -~]/.test(subject)) {
    reporter.warning([...place, 'subject'], {
      code: 'sns-subject-invalid',
      message: 'the subject has other characters than printable ASCII: AMP replaces the whole of it by an error text',
      fix: 'write it in ASCII, on one line',
    });
  } else if (subject.length > SUBJECT_LIMIT) {
    reporter.warning([...place, 'subject'], {
      code: 'sns-subject-invalid',
      message: `the subject has ${subject.length} characters, and AMP cuts it after ${SUBJECT_LIMIT}`,
      fix: 'shorten it',
    });
  }
}

function differ(known: string, other: string): boolean {
  return Token.compareStrings(known, other) === TokenComparison.DIFFERENT;
}
