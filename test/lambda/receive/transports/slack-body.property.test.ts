import * as fc from 'fast-check';
import { slackBody } from '../../../../lambda/receive/transports/slack-body';
import type { SlackAction, SlackMessage } from '../../../../src/contract/queued-notification';

/** A member of one of Alertmanager's structs, with the value that Go would have there. */
type Member = readonly [name: string, value: unknown, omitEmpty?: 'omitempty'];

/** Go's `omitempty`: false, and texts and lists of length 0. */
const isEmpty = (value: unknown): boolean => value === undefined || value === false || value === '' || (Array.isArray(value) && value.length === 0);

/** The structs of `notify/slack/slack.go` and `config/notifiers.go` up to 0.34, in their order, with the tags of their members. */
function statement({ attachment: a, ...m }: SlackMessage<string>): string {
  return `${struct([
    ['channel', m.channel, 'omitempty'],
    ['username', m.username, 'omitempty'],
    ['icon_emoji', m.icon_emoji, 'omitempty'],
    ['icon_url', m.icon_url, 'omitempty'],
    ['link_names', m.link_names, 'omitempty'],
    ['text', m.text, 'omitempty'],
    ['attachments', [raw(struct([
      ['title', title(a.title ?? ''), 'omitempty'],
      ['title_link', a.title_link, 'omitempty'],
      ['pretext', a.pretext, 'omitempty'],
      ['text', a.text ?? ''],
      ['fallback', a.fallback ?? ''],
      ['callback_id', a.callback_id ?? ''],
      ['fields', a.fields?.map((field) => raw(struct([
        ['title', field.title, 'omitempty'], ['value', field.value, 'omitempty'], ['short', field.short],
      ]))), 'omitempty'],
      ['actions', a.actions?.map((action) => raw(struct([
        ...(['type', 'text', 'url', 'style', 'name', 'value'] as const).map((name): Member => [name, action[name], 'omitempty']),
        ['confirm', action.confirm && raw(struct((['text', 'title', 'ok_text', 'dismiss_text'] as const).map((name): Member => [name, action.confirm?.[name], 'omitempty']))), 'omitempty'],
      ]))), 'omitempty'],
      ['image_url', a.image_url, 'omitempty'],
      ['thumb_url', a.thumb_url, 'omitempty'],
      ['footer', a.footer ?? ''],
      ['color', a.color, 'omitempty'],
      ['mrkdwn_in', a.mrkdwn_in, 'omitempty'],
    ]))]],
  ])}\n`;
}

/** JSON that is in place already. */
class Raw {
  constructor(readonly json: string) {}
}

function raw(json: string): Raw {
  return new Raw(json);
}

function struct(members: readonly Member[]): string {
  return `{${members.filter(([, value, tag]) => tag === undefined || !isEmpty(value)).map(([name, value]) => `"${name}":${encode(value)}`).join()}}`;
}

function encode(value: unknown): string {
  if (value instanceof Raw) return value.json;
  if (Array.isArray(value)) return `[${value.map(encode).join()}]`;
  return typeof value === 'string' ? goText(value) : String(value);
}

/** A text byte by byte, as `encoding/json` walks through it. `Buffer` has replaced what is not valid UTF-8 by U+FFFD, as Go does. */
function goText(text: string): string {
  const short = new Map([[0x09, 't'], [0x0a, 'n'], [0x0d, 'r'], [0x22, '"'], [0x5c, '\\']]);
  const hex = new Set([0x3c, 0x3e, 0x26]);
  let out: Buffer[] = [];
  for (const byte of Buffer.from(text, 'utf8')) {
    const letter = short.get(byte);
    if (letter !== undefined) out.push(Buffer.from(`\\${letter}`));
    else if (byte < 0x20 || hex.has(byte)) out.push(Buffer.from(`\\u00${byte < 0x10 ? '0' : ''}${byte.toString(16)}`));
    else out.push(Buffer.from([byte]));
  }
  out = [Buffer.from('"'), ...out, Buffer.from('"')];
  return Buffer.concat(out).toString('utf8').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

/** The first 1,023 runes and an ellipsis. A rune of a valid text is one that does not begin with the second half of a pair. */
function title(text: string): string {
  const starts: number[] = [];
  for (let unit = 0; unit < text.length; unit += 1) if (!/[\udc00-\udfff]/.test(text[unit]) || unit === 0) starts.push(unit);
  return starts.length > 1024 ? `${text.slice(0, starts[1023])}\u2026` : text;
}

const HARD = fc.constantFrom('', ' ', '\u0000', '\b\f\n\r\t\u000b\u001f', '\u007f\u0080\u0085\u009f\u00a0', '<script>&amp;"\\/\'', '\u2028\u2029\ufeff\ufffe\uffff\ufffd', 'é € 😀 \u{10ffff}', '{{ .Status }} \\u003c');
const TEXT = fc.oneof(HARD, fc.string({ unit: 'binary', maxLength: 20 }), fc.array(HARD, { maxLength: 4 }).map((texts) => texts.join('')));
const OPTIONAL = fc.option(TEXT, { nil: undefined });

/** Titles around the limit, of characters of one and of two units. */
const TITLE = fc.oneof(OPTIONAL, fc.array(fc.constantFrom('a', 'é', '😀', '<', '\n'), { minLength: 1, maxLength: 8 }).chain((pattern) => (
  fc.integer({ min: 1020, max: 1030 }).map((length) => Array.from({ length }, (_, index) => pattern[index % pattern.length]).join('')))));

const optionals = <Name extends string>(...names: readonly Name[]): { readonly [name in Name]: fc.Arbitrary<string | undefined> } => (
  Object.fromEntries(names.map((name) => [name, OPTIONAL])) as { readonly [name in Name]: fc.Arbitrary<string | undefined> });

const ACTION: fc.Arbitrary<SlackAction<string>> = fc.record({
  ...optionals('type', 'text', 'url', 'style', 'name', 'value'),
  confirm: fc.option(fc.record(optionals('text', 'title', 'ok_text', 'dismiss_text')), { nil: undefined }),
});

const MESSAGE: fc.Arbitrary<SlackMessage<string>> = fc.record({
  ...optionals('channel', 'username', 'icon_emoji', 'icon_url', 'text'),
  link_names: fc.option(fc.boolean(), { nil: undefined }),
  attachment: fc.record({
    ...optionals('title_link', 'pretext', 'text', 'fallback', 'callback_id', 'image_url', 'thumb_url', 'footer', 'color'),
    title: TITLE,
    fields: fc.option(fc.array(fc.record({ title: TEXT, value: TEXT, short: fc.boolean() }), { maxLength: 3 }), { nil: undefined }),
    actions: fc.option(fc.array(ACTION, { maxLength: 3 }), { nil: undefined }),
    mrkdwn_in: fc.array(TEXT, { maxLength: 3 }),
  }),
});

type Parsed = Readonly<Record<string, unknown>>;

test('any message is encoded as by Go: members, their order, escapes, and the title in runes', () => {
  fc.assert(fc.property(MESSAGE, (message) => {
    expect(slackBody(message)).toBe(statement(message));
  }), { numRuns: 500 });
});

test('any message is JSON that says what the message says', () => {
  fc.assert(fc.property(MESSAGE, (message) => {
    const parsed = JSON.parse(slackBody(message)) as Parsed & { readonly attachments: readonly [Parsed] };
    expect([parsed.channel ?? '', parsed.text ?? '', parsed.link_names ?? false]).toEqual([message.channel ?? '', message.text ?? '', message.link_names ?? false]);
    expect(parsed.attachments).toHaveLength(1);
    const [attachment] = parsed.attachments;
    expect([attachment.text, attachment.footer, attachment.color ?? '']).toEqual([message.attachment.text ?? '', message.attachment.footer ?? '', message.attachment.color ?? '']);
    expect(Array.from(String(attachment.title ?? '')).length).toBeLessThanOrEqual(1024);
  }));
});
