import { withUserReceiverName } from './user-receiver-name';
import type { YamlMap } from './yaml-writer';
import type { SnsConfig } from '../model';
import { SNS_DEFAULTS } from '../templates';

/** The parts of an SNS ARN that say where it is; the name behind them can be a template. */
export interface SnsArn {
  readonly region: string;
  readonly account: string;
}

/** Where the thing behind an ARN of SNS is; undefined for what is no such ARN, or has a template in front of its name. */
export function parseSnsArn(arn: string | undefined): SnsArn | undefined {
  const match = /^arn:[^:{}]+:sns:([^:{}]+):([^:{}]+):/.exec(arn ?? '');
  return match ? { region: match[1], account: match[2] } : undefined;
}

/**
 * One of the user's own `sns_configs`, as AMP takes it. Everything that has a default is written out: AMP's own examples show
 * `send_resolved: false`, where Alertmanager's default is true, and what it takes for the texts is not documented.
 *
 * `sigv4.region` is mandatory on AMP. Where the file leaves it to the environment of Alertmanager, it is the region of the
 * topic, as no other could publish to it; for a phone number, or where the ARN is a template, that of the stack.
 *
 * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-alertmanager-receiver-config.html
 */
export function userSnsConfig(config: SnsConfig, stackRegion: string): YamlMap {
  const place = parseSnsArn(config.topic_arn) ?? parseSnsArn(config.target_arn);
  return {
    send_resolved: config.send_resolved ?? true,
    topic_arn: textOf(config.topic_arn),
    target_arn: textOf(config.target_arn),
    phone_number: textOf(config.phone_number),
    sigv4: { region: config.sigv4?.region ?? place?.region ?? stackRegion },
    subject: withUserReceiverName(config.subject ?? SNS_DEFAULTS.subject),
    attributes: attributesOf(config),
    message: withUserReceiverName(config.message ?? SNS_DEFAULTS.message),
  };
}

/** Alertmanager executes names and values of attributes, and addresses, as templates. */
function attributesOf({ attributes = {} }: SnsConfig): YamlMap | undefined {
  const entries = Object.entries(attributes).map((entry) => entry.map(withUserReceiverName));
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function textOf(text: string | undefined): string | undefined {
  return text ? withUserReceiverName(text) : undefined;
}
