import type { BuildRequest } from './built-request';
import { slackBody } from './slack-body';
import { TransportSectionName } from '../../../src/contract/message';
import type { SlackMessage, SlackText } from '../../../src/contract/queued-notification';
import type { DecodedSection } from '../decode/decode-message';

/**
 * The POST request to Slack. Of a truncated message, the texts that arrived are sent: Slack shows 40,000 characters of a text, and a
 * message is truncated after 250,000 bytes.
 */
export const slackRequest: BuildRequest<'slack'> = ({ head, sections, cut }) => {
  const { message: template, url, ...http } = head.settings;
  const printed = new Map(sections.flatMap(sectionText));
  const message = withTexts(template, (number) => printed.get(number)?.text ?? '');
  const { channel } = template;
  if (cut && typeof channel === 'number' && printed.get(channel)?.cut !== false) throw new Error('the notification was truncated inside of its channel');
  return {
    lostAlerts: 0,
    request: { url, ...(message.channel !== undefined && { channel: message.channel }), ...http, body: slackBody(message) },
  };
};

interface PrintedText {
  readonly text: string;
  readonly cut: boolean;
}

function sectionText({ path: [name, number], value, cut }: DecodedSection): Array<readonly [number, PrintedText]> {
  return name === TransportSectionName.SLACK && typeof number === 'number' && typeof value === 'string' ? [[number, { text: value, cut }]] : [];
}

/** The message with texts in the place of the numbers of their sections. */
function withTexts(message: SlackMessage<SlackText>, textOf: (number: number) => string): SlackMessage<string> {
  return JSON.parse(JSON.stringify(message), (_, value: unknown) => (typeof value === 'number' ? textOf(value) : value)) as SlackMessage<string>;
}
