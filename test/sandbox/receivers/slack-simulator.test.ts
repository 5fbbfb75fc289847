import { SlackSimulator } from '../../../sandbox/receivers/slack-simulator';

let simulator: SlackSimulator;

beforeEach(async () => {
  simulator = await SlackSimulator.start();
});
afterEach(() => simulator.close());

const post = async (url: string, body: string, headers: Record<string, string> = {}): Promise<{ status: number; text: string }> => {
  const response = await fetch(url, { method: 'POST', body, headers });
  return { status: response.status, text: await response.text() };
};

test('incoming webhooks and the API answer as those of Slack', async () => {
  const token = { authorization: 'Bearer placeholder' };
  expect(await post(simulator.endpoint('a/slack/0'), '{"attachments":[]}')).toEqual({ status: 200, text: 'ok' });
  expect(await post(simulator.endpoint('a/slack/0'), 'no JSON')).toEqual({ status: 400, text: 'invalid_payload' });
  expect(await post(simulator.apiUrl, '{"channel":"c"}', token)).toMatchObject({ status: 200, text: expect.stringContaining('"ok":true') });
  expect(await post(simulator.apiUrl, '{"channel":"c"}')).toEqual({ status: 200, text: '{"ok":false,"error":"not_authed"}' });
  expect(await post(simulator.apiUrl, '{}', token)).toEqual({ status: 200, text: '{"ok":false,"error":"channel_not_found"}' });
  expect(simulator.calls.map(({ answer, isAccepted }) => [answer, isAccepted])).toEqual([
    ['200', true], ['invalid_payload', false], ['200', true], ['not_authed', false], ['channel_not_found', false],
  ]);
});

test('a message is listed as people see it', async () => {
  await post(simulator.endpoint('a "b"/slack/1'), JSON.stringify({
    channel: '#c',
    username: 'u',
    text: 'above',
    attachments: [{
      title: 'T',
      title_link: 'https://x',
      pretext: 'P',
      text: 'line 1\nline 2',
      fields: [{ title: 'F', value: 'v' }],
      actions: [{ type: 'button', text: 'Runbook', url: 'https://r' }, { type: 'button', text: 'Silence', name: 'n' }],
      footer: '',
    }],
  }));
  expect(simulator.calls).toEqual([expect.objectContaining({
    number: 1,
    target: 'receivers.a "b".slack_configs[1]',
    color: '#dddddd',
    summary: 'T',
    facts: { channel: '#c', username: 'u' },
    text: 'above\nP\nT [https://x]\nline 1\nline 2\nF: v\n[Runbook https://r] [Silence]',
  })]);
});

test.each([
  ['danger', '#a30200'], ['good', '#2eb886'], ['#439FE0', '#439FE0'], ['abc', '#abc'], ['', '#dddddd'], ['red; x', '#dddddd'],
])('an attachment with the color "%s" has the bar %s', async (color, bar) => {
  await post(simulator.endpoint('a/slack/0'), JSON.stringify({ channel: '#c', attachments: [{ title: 'T', color }] }));
  expect(simulator.calls).toMatchObject([{ color: bar }]);
});

test('a message without attachments has no bar', async () => {
  await post(simulator.endpoint('a/slack/0'), JSON.stringify({ channel: '#c', text: 'hello' }));
  expect(simulator.calls[0]).not.toHaveProperty('color');
});
