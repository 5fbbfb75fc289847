import type { IncomingHttpHeaders } from 'http';
import type { ListedCall } from './receiver-simulator';
import { isObject } from '../assembly/template';

/** A message that was posted. */
export interface SlackPost {
  readonly at: number;
  /** The incoming webhook, by the name of its secret, such as `team/slack/0`; `api` for Slack's API. */
  readonly target: string;
  readonly method: string;
  /** What stands in the URL behind the part that names the target, with the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The `Authorization` header, which distinguishes tokens. */
  readonly authorization?: string;
  readonly body: string;
  /** The status that was answered; undefined while the answer waits, and when the connection was closed instead. */
  readonly status?: number;
  /** The name of the error that was answered. */
  readonly error?: string;
}

/** The message of a post; undefined if it is not a JSON object. */
export function parseBody({ body }: Pick<SlackPost, 'body'>): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The colors that Slack has names for. */
const NAMED_COLORS: ReadonlyMap<string, string> = new Map([['good', '#2eb886'], ['warning', '#daa038'], ['danger', '#a30200']]);

/** The bar of an attachment without a color, or with one that Slack does not know. */
const NO_COLOR = '#dddddd';

/** The color of the bar beside an attachment, as Slack shows it. */
function barColor(color: string): string {
  return NAMED_COLORS.get(color) ?? (/^#?(?:[0-9a-f]{3}|[0-9a-f]{6})$/i.test(color) ? `#${color.replace('#', '')}` : NO_COLOR);
}

/** A post as the page of the sandbox lists it. */
export function listSlackPost(post: SlackPost, index: number): ListedCall {
  const message = parseBody(post);
  const { channel, username, text, attachments } = message ?? {};
  const [attachment = {}] = (Array.isArray(attachments) ? attachments : []).filter(isObject);
  const { status, error } = post;
  return {
    number: index + 1,
    at: post.at,
    ...(Array.isArray(attachments) && attachments.length > 0 && { color: barColor(textOf(attachment.color)) }),
    target: post.target.replace(/^(.*)\/slack\/(\d+)$/, 'receivers.$1.slack_configs[$2]').replace(/^global\/slack$/, 'global.slack_api_url'),
    summary: [textOf(attachment.title), textOf(text), textOf(attachment.fallback)].find((each) => each !== '') ?? `${post.body.length} characters`,
    answer: error ?? (status === undefined ? 'no answer' : String(status)),
    isAccepted: status === 200 && error === undefined,
    facts: Object.fromEntries([['channel', textOf(channel)], ['username', textOf(username)], ['color', textOf(attachment.color)]].filter(([, value]) => value !== '')),
    text: message === undefined ? post.body : readable(textOf(text), attachment),
  };
}

/** The message from top to bottom as Slack shows it, in plain text: links and buttons in brackets. */
function readable(text: string, attachment: Readonly<Record<string, unknown>>): string {
  const { fields, actions } = attachment;
  const list = (value: unknown): Array<Record<string, unknown>> => (Array.isArray(value) ? value.filter(isObject) : []);
  const link = textOf(attachment.title_link);
  return [
    text,
    textOf(attachment.pretext),
    `${textOf(attachment.title)}${link === '' ? '' : ` [${link}]`}`,
    textOf(attachment.text),
    ...list(fields).map(({ title, value }) => `${textOf(title)}: ${textOf(value)}`),
    list(actions).map(({ text: label, url }) => `[${textOf(label)}${textOf(url) === '' ? '' : ` ${textOf(url)}`}]`).join(' '),
    textOf(attachment.footer),
  ].filter((line) => line.trim() !== '').join('\n');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
