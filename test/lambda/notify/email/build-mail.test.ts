import { buildMail, type MailIdentity } from '../../../../lambda/notify/email/build-mail';
import { readyMail } from '../../../../lambda/notify/email/ready-mail';
import type { EmailRequest } from '../../../../src/contract/email';

const IDENTITY: MailIdentity = { sentAt: Date.UTC(2026, 10, 25, 23, 59, 59), messageId: '1.2@example.com', boundary: 'b0undary' };

function headersOf(request: Partial<EmailRequest>, identity: Partial<MailIdentity> = {}): string[] {
  const mail = buildMail({ from: 'a@example.com', to: 'b@example.com', headers: [['Subject', 's']], text: 'text', ...request }, { ...IDENTITY, ...identity });
  return mail.slice(0, mail.indexOf('\r\n\r\n')).split('\r\n');
}

const ORIGIN = { entry: 'receivers.team.email_configs[0]', notificationId: 'n1', publishedAt: '2026-01-01T00:00:00Z' };

const BEFORE = ['Subject: s', 'Message-Id: <1.2@example.com>'];
const AFTER = ['Date: Wed, 25 Nov 2026 23:59:59 +0000', 'Content-Type: multipart/alternative;  boundary=b0undary', 'MIME-Version: 1.0'];

describe('threading', () => {
  test('without it, a mail refers to no other', () => {
    expect(headersOf({})).toEqual([...BEFORE, ...AFTER]);
  });

  test.each([['none', 'alert-abc-'], ['daily', 'alert-abc-2026-11-25']] as const)('by %s: a mail answers one that nobody has sent', (byDate, id) => {
    const root = `<${id}@alertmanager>`;
    expect(headersOf({ threading: { id: 'abc', byDate } })).toEqual([...BEFORE, `References: ${root}`, `In-Reply-To: ${root}`, ...AFTER]);
  });

  test('a day later, another thread begins if it is daily, and the same goes on if it is not', () => {
    const referencesOn = (byDate: 'daily' | 'none', sentAt: number): string | undefined => (
      headersOf({ threading: { id: 'abc', byDate } }, { sentAt }).find((line) => line.startsWith('References: ')));
    const { sentAt } = IDENTITY;
    expect(referencesOn('daily', sentAt + 1000)).toBe('References: <alert-abc-2026-11-26@alertmanager>');
    expect(referencesOn('daily', sentAt - 80_000_000)).toBe(referencesOn('daily', sentAt));
    expect(referencesOn('none', sentAt + 1000)).toBe(referencesOn('none', sentAt));
  });

  test('groups have threads of their own', () => {
    expect(headersOf({ threading: { id: 'abc', byDate: 'none' } })[2]).not.toBe(headersOf({ threading: { id: 'abd', byDate: 'none' } })[2]);
  });
});

test('an own Message-Id takes the place of the generated one', () => {
  expect(headersOf({ headers: [['Message-Id', '<own@example.com>']] })).toEqual(['Message-Id: <own@example.com>', ...AFTER]);
});

test('every attempt has the same Message-Id, and every notification and entry another one', () => {
  const request: EmailRequest = { from: 'Alerts <a@example.com>', to: 'b@example.com', headers: [] };
  const idOf = (changes: Partial<typeof ORIGIN>, sentAt = 0): string | undefined => {
    const mail = readyMail(request, { ...ORIGIN, ...changes }, sentAt);
    return 'data' in mail ? /^Message-Id: (<\d+\.\d+@example\.com>)\r$/m.exec(mail.data)?.[1] : undefined;
  };
  expect(idOf({})).toMatch(/^<1767225600000000000\.\d+@example\.com>$/);
  expect(idOf({}, 1000)).toBe(idOf({}));
  expect(new Set([idOf({}), idOf({ notificationId: 'n2' }), idOf({ entry: 'receivers.team.email_configs[1]' })]).size).toBe(3);
});

test.each([['b@example.com', ['b@example.com']], ['B <b@example.com>, "C, D" <c@example.com>\n', ['b@example.com', 'c@example.com']]])('%j gets the mail', (to, recipients) => {
  expect(readyMail({ from: 'Alerts <a@example.com>', to, headers: [] }, ORIGIN, 0)).toMatchObject({ from: 'a@example.com', to: recipients });
});

test.each([
  ['a@example.com', 'b@example.com c@example.com', 'to'], ['a@example.com', 'b, c@example.com', 'to'], ['a@example.com', '', 'to'],
  ['a@example.com, b@example.com', 'c@example.com', 'from'], ['Alerts', 'c@example.com', 'from'],
])('a mail from %j to %j goes to nobody, as in Alertmanager', (from, to, field) => {
  expect(readyMail({ from, to, headers: [] }, ORIGIN, 0)).toEqual({ outcome: 'rejected', reason: expect.stringContaining(`the rendered "${field}" is not`) });
});

test('a mail without parts has an empty body between its boundaries', () => {
  const mail = buildMail({ from: 'a@example.com', to: 'b@example.com', headers: [] }, IDENTITY);
  expect(mail.slice(mail.indexOf('\r\n\r\n'))).toBe('\r\n\r\n\r\n--b0undary--\r\n');
});
