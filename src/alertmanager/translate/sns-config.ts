import { definesTemplates } from './field-definitions';
import { severityTemplate } from './message-template';
import type { OwnTemplates } from './own-templates';
import { withUserReceiverName } from './user-receiver-name';
import type { YamlMap } from './yaml-writer';
import { MessageAttributeName } from '../../contract/message';
import type { PagerDutyConfig } from '../model';
import { escapeForTemplate, isStatic, singleAction } from '../templates';

/** Where AMP publishes to. Both can be tokens. */
export interface Topic {
  readonly arn: string;
  readonly region: string;
}

/** What a message says of itself in its attributes. */
export interface Addressee {
  /** The receiver's name in the user's file. */
  readonly receiver: string;
  /** The name of the routing key in the secret. */
  readonly routingKey: string;
  /** The name of the entry's templates, for example `pager.0`. */
  readonly templateName: string;
}

/**
 * The `sns_config` that stands for one `pagerduty_config`. `sigv4.region` is mandatory on AMP, `send_resolved` is always
 * written because AMP's default is not documented, `api_url` and `http_config` are refused.
 *
 * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-alertmanager-receiver-config.html
 */
export function snsConfig(config: PagerDutyConfig, topic: Topic, to: Addressee, templates: OwnTemplates, message: string): YamlMap {
  return {
    send_resolved: config.send_resolved ?? true,
    topic_arn: topic.arn,
    sigv4: { region: topic.region },
    subject: subject(templates),
    attributes: {
      [MessageAttributeName.STATUS]: '{{ .Status }}',
      [MessageAttributeName.RECEIVER]: escapeForTemplate(to.receiver),
      [MessageAttributeName.SEVERITY]: severityAttribute(config, to.templateName, templates),
      [MessageAttributeName.ROUTING_KEY]: escapeForTemplate(to.routingKey),
    },
    message,
  };
}

/** The subject of every message. */
export function subject(templates: OwnTemplates): string {
  return templates.define('subject', () => SUBJECT);
}

/**
 * `[FIRING:2] HighLatency eu-west-1`: the status and the values of the group labels. SNS takes ASCII only, and fewer than
 * 100 characters: of the labels at most 72 are shown, other characters than ASCII as question marks.
 */
const SUBJECT = '[{{ .Status | toUpper }}{{ if eq .Status "firing" }}:{{ .Alerts.Firing | len }}{{ end }}]'
  + '{{ with .GroupLabels.SortedPairs.Values | join " " | printf "%.72s" | reReplaceAll "[^ -~]" "?" }} {{ . }}{{ end }}';

/** SNS refuses attributes without a value, AMP drops them: where the template can be asked, an empty severity is marked. */
const NO_SEVERITY = 'unknown';

function severityAttribute(config: PagerDutyConfig, templateName: string, templates: OwnTemplates): string {
  const template = severityTemplate(config);
  if (isStatic(template)) {
    return template;
  }
  const printed = withUserReceiverName(template);
  const pipeline = singleAction(printed);
  const attribute = pipeline === undefined ? printed : `{{ with ${pipeline} }}{{ . }}{{ else }}${NO_SEVERITY}{{ end }}`;
  return definesTemplates(attribute) ? attribute : templates.define(`${templateName}.severity`, () => attribute);
}
