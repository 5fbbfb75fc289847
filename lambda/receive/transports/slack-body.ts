import { goJson, type GoJson } from './go-json';
import type { SlackAction, SlackMessage } from '../../../src/contract/queued-notification';

/** Alertmanager shortens the title alone, and counts code points, which Go calls runes. */
const MAX_TITLE_CODE_POINTS = 1024;

/** The JSON that Alertmanager itself posts to Slack, byte for byte and in the order of up to 0.34, with a line feed at its end. */
export function slackBody({ channel, username, icon_emoji, icon_url, link_names, text, attachment }: SlackMessage<string>): string {
  const { title = '', title_link, pretext, fields = [], actions = [], image_url, thumb_url, color, mrkdwn_in } = attachment;
  return `${goJson({
    ...filled({ channel, username, icon_emoji, icon_url }),
    ...(link_names === true && { link_names }),
    ...filled({ text }),
    attachments: [{
      ...filled({ title: truncateTitle(title), title_link, pretext }),
      // These four are printed even if they are empty.
      text: attachment.text ?? '',
      fallback: attachment.fallback ?? '',
      callback_id: attachment.callback_id ?? '',
      ...(fields.length > 0 && { fields: fields.map((field) => ({ ...filled({ title: field.title, value: field.value }), short: field.short })) }),
      ...(actions.length > 0 && { actions: actions.map(actionJson) }),
      ...filled({ image_url, thumb_url }),
      footer: attachment.footer ?? '',
      ...filled({ color }),
      ...(mrkdwn_in.length > 0 && { mrkdwn_in }),
    }],
  })}\n`;
}

function actionJson({ type, text, url, style, name, value, confirm }: SlackAction<string>): GoJson {
  return {
    ...filled({ type, text, url, style, name, value }),
    ...(confirm && { confirm: filled({ text: confirm.text, title: confirm.title, ok_text: confirm.ok_text, dismiss_text: confirm.dismiss_text }) }),
  };
}

/** The members that have a text, in their order. */
function filled(members: { readonly [name: string]: string | undefined }): { readonly [name: string]: string } {
  return Object.fromEntries(Object.entries(members).filter((member): member is [string, string] => member[1] !== undefined && member[1] !== ''));
}

function truncateTitle(title: string): string {
  const codePoints = Array.from(title);
  return codePoints.length > MAX_TITLE_CODE_POINTS ? `${codePoints.slice(0, MAX_TITLE_CODE_POINTS - 1).join('')}…` : title;
}
