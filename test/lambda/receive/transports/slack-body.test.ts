import { slackBody } from '../../../../lambda/receive/transports/slack-body';
import type { SlackMessage } from '../../../../src/contract/queued-notification';

const body = (message: Partial<Omit<SlackMessage<string>, 'attachment'>> & { attachment?: Partial<SlackMessage<string>['attachment']> } = {}): string =>
  slackBody({ ...message, attachment: { mrkdwn_in: ['text'], ...message.attachment } });

test('what is empty is left out, but for the four members that Alertmanager always prints', () => {
  expect(body()).toBe('{"attachments":[{"text":"","fallback":"","callback_id":"","footer":"","mrkdwn_in":["text"]}]}\n');
  expect(body({
    channel: '',
    username: '',
    icon_emoji: '',
    icon_url: '',
    link_names: false,
    text: '',
    attachment: { title: '', title_link: '', pretext: '', image_url: '', thumb_url: '', color: '', fields: [], actions: [], mrkdwn_in: [] },
  })).toBe('{"attachments":[{"text":"","fallback":"","callback_id":"","footer":""}]}\n');
});

test('members stand in the order of Alertmanager up to 0.34', () => {
  const whole: SlackMessage<string> = {
    channel: 'c',
    username: 'u',
    icon_emoji: 'e',
    icon_url: 'i',
    link_names: true,
    text: 't',
    attachment: {
      title: 't',
      title_link: 'l',
      pretext: 'p',
      text: 'x',
      fallback: 'f',
      callback_id: 'cb',
      image_url: 'iu',
      thumb_url: 'tu',
      footer: 'fo',
      color: 'co',
      fields: [{ title: 'a', value: 'b', short: false }, { title: '', value: '', short: true }],
      actions: [
        { type: 'button', text: 't', url: 'u', style: 's' },
        { type: 'button', text: 't', name: 'n', value: 'v', confirm: { text: 'a', title: 'b', ok_text: 'c', dismiss_text: '' } },
      ],
      mrkdwn_in: ['fallback', 'text'],
    },
  };
  expect(body(whole)).toBe('{"channel":"c","username":"u","icon_emoji":"e","icon_url":"i","link_names":true,"text":"t","attachments":[{'
    + '"title":"t","title_link":"l","pretext":"p","text":"x","fallback":"f","callback_id":"cb",'
    + '"fields":[{"title":"a","value":"b","short":false},{"short":true}],'
    + '"actions":[{"type":"button","text":"t","url":"u","style":"s"},'
    + '{"type":"button","text":"t","name":"n","value":"v","confirm":{"text":"a","title":"b","ok_text":"c"}}],'
    + '"image_url":"iu","thumb_url":"tu","footer":"fo","color":"co","mrkdwn_in":["fallback","text"]}]}\n');
});

test.each([['a', 1024], ['😀', 1024], ['é', 1024]])('a title of %s is cut in code points', (character, limit) => {
  const title = (count: number): string =>
    (JSON.parse(body({ attachment: { title: character.repeat(count) } })) as { attachments: [{ title: string }] }).attachments[0].title;
  expect(title(limit)).toBe(character.repeat(limit));
  expect(title(limit + 1)).toBe(`${character.repeat(limit - 1)}…`);
});

test('texts are escaped as by Go', () => {
  expect(body({ text: '<b>&\u2028\u0000é😀"\\' })).toContain('"text":"\\u003cb\\u003e\\u0026\\u2028\\u0000é😀\\"\\\\"');
});
