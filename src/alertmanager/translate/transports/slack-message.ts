import { TransportSectionName } from '../../../contract/message';
import type { SlackMessage, SlackText } from '../../../contract/queued-notification';
import type { SlackActionConfig, SlackConfig } from '../../model';
import { isStatic, withSlackDefaults } from '../../templates';
import { Section, textSection } from '../section';

/** A Slack message as its settings describe it, and the sections with what its templates print. */
export interface TranslatedSlackMessage {
  readonly message: SlackMessage<SlackText>;
  /** Short ones first: a message that is too long for Amazon SNS loses its end. */
  readonly sections: readonly Section[];
}

/** What Alertmanager takes for a list that is absent or empty. It does not execute the entries as templates. */
const DEFAULT_MARKDOWN_IN = ['fallback', 'pretext', 'text'];

/** The order in which texts are taken here is that of their sections. */
export function translateSlackMessage(config: SlackConfig, redefinesColor: boolean): TranslatedSlackMessage {
  const texts = withSlackDefaults(config, redefinesColor);
  const sections: Section[] = [];
  const text = (template: string): SlackText =>
    (isStatic(template) ? template : sections.push(textSection([TransportSectionName.SLACK, sections.length], template)) - 1);
  const optional = (template: string | undefined): SlackText | undefined => (template === undefined ? undefined : text(template));
  const short = {
    channel: optional(texts.channel),
    username: text(texts.username),
    icon_emoji: text(texts.icon_emoji),
    icon_url: text(texts.icon_url),
    link_names: texts.link_names === true ? true : undefined,
  };
  const attachment = {
    color: text(texts.color),
    title: text(texts.title),
    title_link: text(texts.title_link),
    callback_id: text(texts.callback_id),
    image_url: optional(texts.image_url),
    thumb_url: optional(texts.thumb_url),
    footer: text(texts.footer),
    actions: texts.actions?.length ? texts.actions.map((action) => translateAction(action, optional)) : undefined,
    fallback: text(texts.fallback),
    pretext: text(texts.pretext),
    fields: texts.fields?.length ? texts.fields.map((field) => ({
      title: text(field.title), value: text(field.value), short: field.short ?? texts.short_fields ?? false,
    })) : undefined,
    mrkdwn_in: texts.mrkdwn_in?.length ? texts.mrkdwn_in : DEFAULT_MARKDOWN_IN,
  };
  return { message: { ...short, text: optional(texts.message_text), attachment: { ...attachment, text: text(texts.text) } }, sections };
}

function translateAction(
  { type, text, url, style, name, value, confirm }: SlackActionConfig, optional: (template: string | undefined) => SlackText | undefined,
): NonNullable<SlackMessage<SlackText>['attachment']['actions']>[number] {
  return {
    type: optional(type),
    text: optional(text),
    url: optional(url),
    style: optional(style),
    name: optional(name),
    value: optional(value),
    confirm: confirm && {
      text: optional(confirm.text), title: optional(confirm.title), ok_text: optional(confirm.ok_text), dismiss_text: optional(confirm.dismiss_text),
    },
  };
}
