import { readyMail, type ReadyMail } from '../../../lambda/notify/email/ready-mail';
import { sendBySmtp } from '../../../lambda/notify/email/smtp/send-smtp';
import { guardedLookup } from '../../../lambda/notify/guarded-lookup';
import { SecretValues } from '../../../lambda/notify/secret-values';
import type { Attempt } from '../../../lambda/notify/transport';
import { PagerDutySimulator } from '../../../sandbox/pagerduty/simulator';
import { MailSimulator } from '../../../sandbox/receivers/mail-simulator';
import { redirectMail } from '../../../sandbox/receivers/redirect-mails';
import { transportEntries } from '../../../sandbox/receivers/transport-entries';
import type { SmtpServer } from '../../../src/contract/email';
import { AddressPermission } from '../../../src/contract/queued-notification';
import { configOf } from '../../alertmanager/translate/support';
import { receiver, route, translateFile } from '../../message/support/configuration';

let simulator: MailSimulator;

beforeAll(async () => {
  simulator = await MailSimulator.start();
});

afterAll(() => simulator.close());

const HTML = '<p onclick="alert(1)">Fire <script>alert(1)</script></p>';

async function send(auth?: SmtpServer['auth']): Promise<Attempt> {
  const mail = readyMail({
    from: 'Alerts <alerts@example.com>', to: 'a@example.com, b@example.com', headers: [['Subject', '[FIRING:1] é = é']], text: 'Fire', html: HTML,
  }, { entry: 'e', notificationId: '1', publishedAt: '2026-01-01T00:00:00Z' }, Date.UTC(2026, 0, 1)) as ReadyMail;
  const permissions = Object.values(AddressPermission);
  const secrets = new SecretValues(async () => ({ content: { kind: 'keys', keys: new Map() } }));
  const server = { host: '127.0.0.1', port: simulator.port, hello: 'me', encryption: 'none', auth } as const;
  return sendBySmtp(mail, server, { secrets, permissions, lookup: guardedLookup(permissions) });
}

test('a mail is listed as its reader sees it, and the page shows its HTML where it can do nothing', async () => {
  expect(await send()).toEqual({ outcome: 'delivered' });
  expect(simulator.calls).toEqual([{
    number: 1,
    at: expect.any(Number),
    target: 'a@example.com, b@example.com',
    status: 'firing',
    summary: '[FIRING:1] é = é',
    answer: '250',
    isAccepted: true,
    facts: { From: 'alerts@example.com', To: '' },
    text: 'Fire',
    html: HTML,
  }]);
  const pagerduty = await PagerDutySimulator.start({ port: 0, routingKeys: {}, receivers: [simulator] });
  try {
    const base = pagerduty.endpoint('').replace(/^(https?:\/\/[^/]+).*$/, '$1');
    const page = await fetch(`${base}/calls/email/1`);
    expect(await page.text()).toBe(HTML);
    expect(page.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none';/);
    expect((await fetch(`${base}/calls/email/2`)).status).toBe(404);
    expect(await (await fetch(`${base}/api/state`)).json()).toMatchObject({ receivers: [{ id: 'email', count: 1, calls: [{ hasHtml: true, text: 'Fire' }] }] });
  } finally {
    await pagerduty.close();
  }
});

test('a mail can be refused, and the answer can say what the client proved itself by', async () => {
  simulator.faults = ({ credentials }) => ({ code: 554, text: `no mail from ${credentials?.username ?? 'strangers'}` });
  try {
    expect(await send()).toEqual({ outcome: 'rejected', reason: 'the server refused the message: 554 no mail from strangers' });
    expect(await send({ username: 'someone', password: { value: 'p4ss' } })).toEqual({ outcome: 'rejected', reason: 'the server refused the message: 554 no mail from someone' });
    expect(simulator.received.at(-1)?.credentials).toEqual({ username: 'someone', password: 'p4ss' });
    expect(simulator.calls.at(-1)).toMatchObject({ answer: '554', isAccepted: false });
    expect(JSON.stringify(simulator.calls)).not.toContain('p4ss');
  } finally {
    simulator.faults = undefined;
  }
});

test('messages of a definition send their mails here, with the credentials that the secret gets', () => {
  const translation = translateFile({
    global: { smtp_smarthost: 'mail.example.com:465', smtp_from: 'a@example.com', smtp_hello: 'me {{', smtp_auth_username: 'u', smtp_auth_password: 'p' },
    route: route({ receiver: 'r' }),
    receivers: [{ ...receiver('r'), email_configs: [{ to: 'b@example.com' }] }],
  });
  const [entry] = transportEntries(translation.definition);
  expect(simulator.secretsFor(entry as Parameters<typeof simulator.secretsFor>[0])).toEqual({ 'global/smtp/password': 'placeholder of global/smtp/password' });
  const [{ message }] = configOf(translation).receivers[0].sns_configs ?? [];
  const redirected = redirectMail(message, 1234);
  expect(redirected).toContain('"server":{"host":"127.0.0.1","port":1234,"hello":"me {\\u007b","encryption":"none","auth":{"username":"u"');
  expect(redirected.slice(redirected.indexOf('\n'))).toBe(message.slice(message.indexOf('\n')));
  expect(redirectMail('another message', 1234)).toBe('another message');
});
