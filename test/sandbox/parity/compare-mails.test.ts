import { readyMail, type ReadyMail } from '../../../lambda/notify/email/ready-mail';
import { compareMails } from '../../../sandbox/parity/email/compare-mails';
import { pairMails } from '../../../sandbox/parity/email/pair-mails';
import { isAsDocumented } from '../../../sandbox/parity/pair';
import type { SimulatedMail } from '../../../sandbox/receivers/mail-simulator';
import type { EmailRequest } from '../../../src/contract/email';

const REQUEST: EmailRequest = {
  from: 'a@example.com', to: 'b@example.com', headers: [['Subject', '[FIRING:1] é'], ['To', 'b@example.com']], text: 'Fire é', html: '<p>Fire <b>here</b></p>',
};

let sent = 0;

/** A mail as the relay builds it, each with its own boundary, `Message-Id`, and date. */
function mail(request: Partial<EmailRequest> = {}, change: (data: string) => string = (data) => data): SimulatedMail {
  sent += 1;
  const { from, to, data } = readyMail({ ...REQUEST, ...request }, { entry: 'e', notificationId: `${sent}`, publishedAt: '2026-01-01T00:00:00Z' }, sent * 86_400_000) as ReadyMail;
  return { at: sent, from, to, hello: 'me', data: Buffer.from(change(data), 'latin1') };
}

const differences = (native: SimulatedMail, relayed: SimulatedMail): Array<[string, string | undefined]> => (
  compareMails(native, relayed).map(({ field, documented }) => [field, documented]));

/** Headers in the other order, as a map of Go can have them. */
const withHeadersReversed = (data: string): string => {
  const end = data.indexOf('\r\n\r\n');
  return data.slice(0, end).split('\r\n').reverse().join('\r\n') + data.slice(end);
};

test('the same mail has no differences, whatever its boundary, Message-Id, date, and order of headers', () => {
  const [one, two] = [mail(), mail({}, withHeadersReversed)];
  expect(one.data.equals(two.data)).toBe(false);
  expect(compareMails(one, two)).toEqual([]);
});

test.each<[string, SimulatedMail, string]>([
  ['a recipient', mail({ to: 'c@example.com' }), 'envelope.to.0'],
  ['one more recipient', mail({ to: 'b@example.com, c@example.com' }), 'envelope.to.1'],
  ['the sender', mail({ from: 'c@example.com' }), 'envelope.from'],
  ['the name in EHLO', { ...mail(), hello: 'you' }, 'envelope.hello'],
  ['a header', mail({ headers: [['Subject', '[FIRING:2] é'], ['To', 'b@example.com']] }), 'headers.4'],
  ['one more header', mail({ headers: [...REQUEST.headers, ['X-More', 'x']] }), 'headers.6'],
  ['a missing Message-Id', mail({}, (data) => data.replace(/^Message-Id: .*\r\n/m, '')), 'headers.5'],
  ['a Message-Id of another form', mail({}, (data) => data.replace(/^Message-Id: .*$/m, 'Message-Id: <x@example.com>')), 'headers.3'],
  ['a date of another form', mail({}, (data) => data.replace(/^Date: (.*) \+0000/m, 'Date: $1 GMT')), 'headers.1'],
  ['the text', mail({ text: 'Fire e' }), 'parts.0.decoded'],
  ['the encoding of the same text', mail({}, (data) => data.replace('Fire =C3=A9', 'Fi=\r\nre =C3=A9')), 'parts.0.encoded'],
  ['the spelling of an octet', mail({}, (data) => data.replace('Fire =C3=A9', 'Fire =c3=a9')), 'parts.0.encoded'],
  ['the HTML', mail({ html: '<p>Fire</p>' }), 'parts.1.decoded'],
  ['a missing part', mail({ html: undefined }), 'parts.1'],
  ['the type of a part', mail({}, (data) => data.replace('text/plain', 'text/html')), 'parts.0.headers.1'],
])('%s is a difference that is not documented', (_, relayed, field) => {
  expect(differences(mail(), relayed)).toContainEqual([field, undefined]);
});

describe('documented differences', () => {
  const itemOf = (scheme: string): string => `<div itemscope itemtype="${scheme}://schema.org/EmailMessage">x</div>`;

  test('the one address of the default HTML that has changed', () => {
    expect(new Set(differences(mail({ html: itemOf('http') }), mail({ html: itemOf('https') })).map(([, documented]) => documented))).toEqual(new Set(['newer-email-template']));
  });

  test.each<[string, string, string]>([
    ['the other way around', itemOf('https'), itemOf('http')],
    ['with another difference', itemOf('http'), itemOf('https').replace('x', 'y')],
    ['another address', '<a href="http://schema.org/EmailMessage">', '<a href="https://schema.org/EmailMessage">'],
  ])('but not %s', (_, native, relayed) => {
    expect(differences(mail({ html: native }), mail({ html: relayed }))).toContainEqual(['parts.1.decoded', undefined]);
  });

  test('HTML that was truncated, up to where it was truncated', () => {
    const native = mail({ html: '<table><tr><td>one</td><td>two</td></tr></table>' });
    const truncated = (html: string): SimulatedMail => mail({ html, isTruncated: true });
    expect(new Set(differences(native, truncated('<table><tr><td>one</td><td>tw')).map(([, documented]) => documented))).toEqual(new Set(['too-long-for-sns']));
    expect(differences(native, truncated('<table><tr><td>other</td><td>tw'))).toContainEqual(['parts.1.decoded', undefined]);
  });

  test('HTML that is missing behind a text that was truncated, and nothing that is missing behind a whole one', () => {
    const relayed = mail({ text: 'Fi', html: undefined, isTruncated: true });
    expect(new Set(differences(mail(), relayed).map(([, documented]) => documented))).toEqual(new Set(['too-long-for-sns']));
    expect(differences(mail(), mail({ html: undefined }))).toContainEqual(['parts.1', undefined]);
  });
});

test('mails are paired by envelope and subject, and none excuses the absence of another', () => {
  const native = [mail(), mail({ text: 'second' }), mail({ to: 'c@example.com' })];
  const verdicts = (relayed: readonly SimulatedMail[]): Array<[string | undefined, boolean, boolean]> => (
    pairMails({ step: 1, nativeErrors: [] }, native, relayed).map((pair) => [pair.receiver, pair.equal, isAsDocumented(pair)]));
  expect(verdicts([mail({ to: 'c@example.com' }), mail({ text: 'second' }), mail()])).toEqual([
    ['b@example.com', true, true], ['b@example.com', true, true], ['c@example.com', true, true],
  ]);
  expect(verdicts([mail(), mail({ text: 'second' })])).toContainEqual(['c@example.com', false, false]);
  // Two groups can have the same subject and the same texts.
  const withHeader = (value: string): SimulatedMail => mail({ headers: [...REQUEST.headers, ['X-Group', value]] });
  const pairs = pairMails({ step: 1, nativeErrors: [] }, [withHeader('a'), withHeader('b')], [withHeader('b'), withHeader('a')]);
  expect(pairs.map(({ equal }) => equal)).toEqual([true, true]);
  expect(verdicts([mail(), mail(), mail({ to: 'c@example.com' })])).toContainEqual(['b@example.com', false, false]);
  expect(verdicts([mail(), mail({ text: 'second' }), mail({ to: 'c@example.com' }), mail({ to: 'd@example.com' })])).toContainEqual(['d@example.com', false, false]);
});
