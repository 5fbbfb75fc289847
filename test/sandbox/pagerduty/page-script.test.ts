import * as vm from 'vm';
import { createTransport } from 'nodemailer';
import { SmallDocument, type SmallElement } from './small-dom';
import { PagerDutySimulator } from '../../../sandbox/pagerduty/simulator';
import { MailSimulator } from '../../../sandbox/receivers/mail-simulator';
import { SlackSimulator } from '../../../sandbox/receivers/slack-simulator';
import { WebhookSimulator } from '../../../sandbox/receivers/webhook-simulator';

const KEY = '0123456789abcdef0123456789abcdef';

/** A value that runs something if anything reads it as markup, with a word that says where it was shown. */
const hostile = (word: string): string => `<script>ran("${word}")</script><img src=x onerror=ran("${word}")>"'&{{ ${word} }}`;

type Closable = { close: () => Promise<void> };
let running: Closable[] = [];
afterEach(async () => { await Promise.all(running.splice(0).map((each) => each.close())); });

/** The simulators of everything that the page shows, each with one notification of hostile values. */
async function notifyAll(): Promise<string> {
  const [webhook, slack, email] = await Promise.all([WebhookSimulator.start(), SlackSimulator.start(), MailSimulator.start()]);
  const simulator = await PagerDutySimulator.start({ routingKeys: { [hostile('service')]: KEY }, receivers: [webhook, slack, email] });
  running = [simulator, webhook, slack, email];
  const post = async (url: string, body: unknown): Promise<void> => {
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
    expect(response.ok).toBe(true);
  };
  await post(simulator.endpoint(), {
    routing_key: KEY,
    event_action: 'trigger',
    dedup_key: 'd',
    client: hostile('client'),
    client_url: 'javascript:ran("client_url")',
    links: [{ href: 'javascript:ran("link")', text: hostile('link') }, { href: 'https://example.com/?a="><script>', text: hostile('good-link') }],
    payload: {
      summary: hostile('summary'), source: hostile('source'), severity: 'error', component: hostile('component'), custom_details: { [hostile('name')]: hostile('detail'), list: [hostile('list')] },
    },
  });
  await post(webhook.endpoint(`${hostile('target')}/webhook/0`), { status: 'firing', groupLabels: { alertname: hostile('group') }, alerts: [{ labels: { a: hostile('label') } }] });
  await post(slack.endpoint('team/slack/0'), {
    channel: hostile('channel'), attachments: [{ title: hostile('title'), text: hostile('text'), color: 'red;background:url(x)', fields: [{ title: hostile('field'), value: hostile('value') }] }],
  });
  const transport = createTransport({ host: '127.0.0.1', port: email.port, ignoreTLS: true });
  await transport.sendMail({
    raw: [
      'Subject: [FIRING:1] <script>ran("subject")</script>', 'From: <a@example.com>', 'To: <b@example.com>', 'MIME-Version: 1.0', 'Content-Type: multipart/alternative;  boundary=x', '',
      '--x', 'Content-Transfer-Encoding: quoted-printable', 'Content-Type: text/plain; charset=UTF-8', '', '<b>plain</b>', '',
      '--x', 'Content-Transfer-Encoding: quoted-printable', 'Content-Type: text/html; charset=UTF-8', '', '<script>ran("mail")</script>', '', '--x--', '',
    ].join('\r\n'),
    envelope: { from: 'a@example.com', to: ['b@example.com'] },
  });
  transport.close();
  return simulator.url;
}

/** Runs the script of the page on what the simulator says. Nothing in it can make code of a text. */
async function openPage(url: string): Promise<{ readonly document: SmallDocument; readonly ran: readonly string[] }> {
  const [html, script, state] = await Promise.all(['', '/page.js', '/api/state'].map(async (place) => (await fetch(`${url}${place}`)).text()));
  const document = new SmallDocument(html);
  const streams: Array<{ onmessage?: (event: { readonly data: string }) => void }> = [];
  const ran: string[] = [];
  class EventSource {
    constructor() {
      streams.push(this);
    }
  }
  const globals = { document, EventSource, fetch: () => undefined, ran: (word: string) => ran.push(word) };
  const context = vm.createContext(globals, { codeGeneration: { strings: false, wasm: false } });
  vm.runInContext(script, context, { filename: 'page.js' });
  streams[0]?.onmessage?.({ data: state });
  return { document, ran };
}

const textOf = (element: SmallElement | null): string => element?.textContent ?? '';

test('the script of the page shows hostile values as they are, and makes neither markup nor code of them', async () => {
  const { document, ran } = await openPage(await notifyAll());
  const incident = textOf(document.getElementById('incidents'));
  for (const word of ['service', 'client', 'link', 'good-link', 'summary', 'source', 'component', 'name', 'detail']) {
    expect(incident).toContain(hostile(word));
  }
  expect(incident).toContain(JSON.stringify(hostile('list')));
  expect(textOf(document.getElementById('requests'))).toContain(hostile('summary'));
  const receivers = textOf(document.getElementById('receivers'));
  for (const word of ['group', 'target', 'channel', 'title', 'text', 'field', 'value']) {
    expect(receivers).toContain(hostile(word));
  }
  expect(receivers).toContain(JSON.stringify(hostile('label')));
  expect(receivers).toContain('<script>ran("subject")</script>');
  expect(receivers).toContain('<b>plain</b>');
  expect(receivers).toMatch(/Webhook calls 1.*Slack messages 1|Slack messages 1.*Webhook calls 1/s);
  expect(receivers).toContain('Emails 1');
  expect(document.title).toBe('(1) Incidents – PagerDuty simulator');

  expect(ran).toEqual([]);
  const made = document.all;
  expect(made.filter(({ name }) => /^(?:script|style|object|embed|img|link|base|form)$/.test(name))).toEqual([]);
  const attributes = made.flatMap((element) => [...element.attributes]);
  expect(attributes.filter(([name]) => /^on|^srcdoc$|^style$/.test(name))).toEqual([]);
  expect(attributes.filter(([name, value]) => ['href', 'src'].includes(name) && !/^(?:https?:\/\/|\/calls\/)/.test(value))).toEqual([]);
  expect(made.flatMap(({ styles }) => [...styles.values()]).filter((value) => !/^#[\da-f]{6}$/.test(value))).toEqual([]);
});

test('the HTML of a mail is in a frame that can do nothing', async () => {
  const url = await notifyAll();
  const { document } = await openPage(url);
  const frames = document.all.filter(({ name }) => name === 'iframe');
  expect(frames.map(({ attributes }) => [attributes.get('src'), attributes.get('sandbox')])).toEqual([['/calls/email/1', '']]);
  const response = await fetch(`${url}${frames[0]?.attributes.get('src')}`);
  expect(response.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
  expect(await response.text()).toContain('ran("mail")');
});
