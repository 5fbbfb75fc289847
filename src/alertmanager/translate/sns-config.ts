import type { OwnTemplates } from './own-templates';
import type { YamlMap } from './yaml-writer';
import { MessageAttributeName } from '../../contract/message';
import { escapeForTemplate } from '../templates';

/** Where AMP publishes to. Both can be tokens. */
export interface Topic {
  readonly arn: string;
  readonly region: string;
}

/** What the `sns_configs` that the relay delivers differ in. */
export interface SnsEntry {
  /** As Alertmanager resolves it: the defaults of its integrations differ, and that of `sns_configs` is true. */
  readonly sendResolved: boolean;
  /** The receiver's name in the user's file. */
  readonly receiver: string;
  /** Message attributes besides status and receiver, as templates. */
  readonly attributes: { readonly [name: string]: string };
  /** The Go template of the message. */
  readonly message: string;
}

/**
 * The `sns_config` that stands for one entry of the user's file, whichever integration it is. `sigv4.region` is mandatory on AMP,
 * `send_resolved` is always written because AMP's default is not documented, `api_url` and `http_config` are refused.
 *
 * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-alertmanager-receiver-config.html
 */
export function snsConfig({ sendResolved, receiver, attributes, message }: SnsEntry, topic: Topic, templates: OwnTemplates): YamlMap {
  return {
    send_resolved: sendResolved,
    topic_arn: topic.arn,
    sigv4: { region: topic.region },
    subject: templates.define('subject', () => SUBJECT),
    attributes: {
      [MessageAttributeName.STATUS]: '{{ .Status }}',
      [MessageAttributeName.RECEIVER]: escapeForTemplate(receiver),
      ...attributes,
    },
    message,
  };
}

/**
 * `[FIRING:2] HighLatency eu-west-1`: the status and the values of the group labels. SNS takes ASCII only, and fewer than
 * 100 characters: of the labels at most 72 are shown, other characters than ASCII as question marks.
 */
const SUBJECT = '[{{ .Status | toUpper }}{{ if eq .Status "firing" }}:{{ .Alerts.Firing | len }}{{ end }}]'
  + '{{ with .GroupLabels.SortedPairs.Values | join " " | printf "%.72s" | reReplaceAll "[^ -~]" "?" }} {{ . }}{{ end }}';
