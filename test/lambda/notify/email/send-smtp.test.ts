import type { SMTPServerOptions } from 'smtp-server';
import { scriptedServer } from './scripted-server';
import type { ReadyMail } from '../../../../lambda/notify/email/ready-mail';
import { authenticate } from '../../../../lambda/notify/email/smtp/authenticate';
import { sendBySmtp } from '../../../../lambda/notify/email/smtp/send-smtp';
import { guardedLookup } from '../../../../lambda/notify/guarded-lookup';
import { SecretValues } from '../../../../lambda/notify/secret-values';
import type { Attempt } from '../../../../lambda/notify/transport';
import type { SecretContent } from '../../../../lambda/shared/secret';
import type { SmtpServer } from '../../../../src/contract/email';
import { AddressPermission } from '../../../../src/contract/queued-notification';
import { MailServer } from '../../../message/support/mail-server';
import { selfSignedCertificate } from '../../certificate';

jest.setTimeout(30_000);

const EVERYTHING = Object.values(AddressPermission);
const CERTIFICATE = selfSignedCertificate();
const TLS: SMTPServerOptions = { ...CERTIFICATE, disabledCommands: [] };
const PASSWORD = 'pass-w0rd é';
const MAIL: ReadyMail = { from: 'from@example.com', to: ['a@example.com', 'b@example.com'], data: 'Subject: s\r\n\r\n.dot\r\n..\r\nend\r\n' };

const secret = (entries: Record<string, unknown> = { password: PASSWORD, secret: 's3cret', ca: CERTIFICATE.cert }): SecretContent =>
  ({ kind: 'keys', keys: new Map(Object.entries(entries)) });

interface Given {
  readonly secrets?: readonly SecretContent[];
  readonly permissions?: readonly AddressPermission[];
  readonly timeoutMs?: number;
  readonly mail?: ReadyMail;
}

async function send(port: number, server: Partial<SmtpServer> = {}, given: Given = {}): Promise<Attempt> {
  const { secrets = [secret()], permissions = EVERYTHING, timeoutMs = 5000, mail = MAIL } = given;
  let [reads, now] = [0, 0];
  const values = new SecretValues(async () => ({ content: secrets[Math.min(reads++, secrets.length - 1)] }), () => (now += 60_000));
  return sendBySmtp(mail, { host: '127.0.0.1', port, hello: 'hello.example.com', encryption: 'none', ...server }, {
    secrets: values, permissions, lookup: guardedLookup(permissions), timeoutMs,
  });
}

/** Runs a mail server for as long as the test needs it. */
async function withServer(options: SMTPServerOptions, use: (server: MailServer) => Promise<void>): Promise<void> {
  const server = await MailServer.start(options);
  try {
    await use(server);
  } finally {
    await server.stop();
  }
}

const DELIVERED = { outcome: 'delivered' };

describe('encryption', () => {
  const trusted = { ca: { secret: 'ca' } } as const;

  test('STARTTLS, with a certificate of the authority in the secret', async () => {
    await withServer(TLS, async (server) => {
      expect(await send(server.port, { encryption: 'starttls', tls: trusted })).toEqual(DELIVERED);
      expect(server.mails).toMatchObject([{ isEncrypted: true, hello: 'hello.example.com', from: 'from@example.com', to: MAIL.to }]);
      expect(server.mails[0].data.toString()).toBe(MAIL.data);
    });
  });

  test('from the start of the connection', async () => {
    await withServer({ ...TLS, secure: true }, async (server) => {
      expect(await send(server.port, { encryption: 'implicit', tls: trusted })).toEqual(DELIVERED);
      expect(server.mails[0].isEncrypted).toBe(true);
    });
  });

  test('never without require_tls, even if the server offers it', async () => {
    await withServer(TLS, async (server) => {
      expect(await send(server.port)).toEqual(DELIVERED);
      expect(server.mails[0].isEncrypted).toBe(false);
    });
  });

  test.each<[string, SMTPServerOptions, Partial<SmtpServer>, boolean]>([
    ['a server that does not offer STARTTLS is refused', {}, { encryption: 'starttls' }, false],
    ['a certificate of an unknown authority is refused', TLS, { encryption: 'starttls' }, false],
    ['the same from the start', { ...TLS, secure: true }, { encryption: 'implicit' }, false],
    ['unless it is not to be checked', TLS, { encryption: 'starttls', tls: { insecureSkipVerify: true } }, true],
    ['a certificate for another name is refused', TLS, { encryption: 'starttls', tls: { ...trusted, serverName: 'mail.example.com' } }, false],
    ['a server without a version in common is refused', { ...TLS, maxVersion: 'TLSv1.2' }, { encryption: 'starttls', tls: { ...trusted, minVersion: 'TLSv1.3' } }, false],
    ['a server with one is not', { ...TLS, maxVersion: 'TLSv1.2' }, { encryption: 'starttls', tls: { ...trusted, minVersion: 'TLSv1.2' } }, true],
  ])('%s', async (_, options, server, isDelivered) => {
    await withServer(options, async ({ port, mails }) => {
      expect(await send(port, server)).toMatchObject({ outcome: isDelivered ? 'delivered' : 'failed' });
      expect(mails).toHaveLength(isDelivered ? 1 : 0);
    });
  });
});

describe('authentication', () => {
  const auth = { username: 'user', password: { secret: 'password' }, secret: { secret: 'secret' } } as const;
  const accepting = (authMethods: string[]): SMTPServerOptions => ({
    authMethods,
    allowInsecureAuth: true,
    onAuth: ({ username, password, method, validatePassword }, _, callback) => {
      const isRight = username === 'user' && (method === 'CRAM-MD5' ? validatePassword('s3cret') : password === PASSWORD);
      if (isRight) callback(null, { user: `${method}` });
      else callback(new Error('5.7.8 wrong'));
    },
  });

  test.each([
    [['PLAIN'], 'PLAIN'], [['LOGIN'], 'LOGIN'], [['CRAM-MD5'], 'CRAM-MD5'], [['XOAUTH2', 'LOGIN', 'PLAIN'], 'LOGIN'], [['CRAM-MD5', 'PLAIN'], 'CRAM-MD5'],
  ])('of %j, the first that can be used is used', async (methods, used) => {
    await withServer(accepting(methods), async (server) => {
      expect(await send(server.port, { auth })).toEqual(DELIVERED);
      expect(server.mails[0].user).toBe(used);
    });
  });

  test('a mechanism without its credential is skipped', async () => {
    await withServer(accepting(['CRAM-MD5', 'PLAIN']), async (server) => {
      expect(await send(server.port, { auth: { ...auth, secret: undefined } })).toEqual(DELIVERED);
      expect(server.mails[0].user).toBe('PLAIN');
    });
    await withServer(accepting(['PLAIN', 'CRAM-MD5']), async (server) => {
      expect(await send(server.port, { auth: { ...auth, password: undefined } })).toEqual(DELIVERED);
      expect(server.mails[0].user).toBe('CRAM-MD5');
    });
  });

  test('no mechanism that can be used is about credentials, and names what is missing', async () => {
    await withServer(accepting(['CRAM-MD5']), async (server) => {
      expect(await send(server.port, { auth: { username: 'user', password: { secret: 'password' } } }))
        .toEqual({ outcome: 'failed', isAboutCredentials: true, reason: 'the server offers CRAM-MD5, and none of them can be used without auth_secret' });
    });
  });

  test('a server that offers none gets no credentials', async () => {
    await withServer({ disabledCommands: ['STARTTLS', 'AUTH'] }, async (server) => {
      expect(await send(server.port, { auth })).toEqual(DELIVERED);
    });
  });

  test('wrong credentials are retried, and are in no text', async () => {
    const wrong = secret({ password: 'wr0ng-password', secret: 'x' });
    await withServer(accepting(['PLAIN']), async (server) => {
      const attempt = await send(server.port, { auth }, { secrets: [wrong] });
      expect(attempt).toMatchObject({ outcome: 'failed', isAboutCredentials: true });
      expect(JSON.stringify(attempt)).not.toMatch(/wr0ng|d3IwbmctcGFzc3dvcmQ/);
      expect(server.mails).toEqual([]);
    });
  });

  test('credentials that were replaced in the secret are used at once', async () => {
    await withServer(accepting(['LOGIN']), async (server) => {
      expect(await send(server.port, { auth }, { secrets: [secret({ password: 'old', secret: 'x' }), secret()] })).toEqual(DELIVERED);
    });
  });

  test('a secret without the entry is about credentials', async () => {
    await withServer(accepting(['LOGIN']), async (server) => {
      expect(await send(server.port, { auth }, { secrets: [secret({ password: PASSWORD })] }))
        .toMatchObject({ outcome: 'failed', isAboutCredentials: true, reason: 'the secret has no entry "secret" with a text' });
    });
  });
});

test.each<[string, boolean, boolean]>([
  ['mail.example.com', false, false], ['mail.example.com', true, true], ['localhost', false, true], ['127.0.0.1', false, true],
])('to %s, encrypted: %s, the password is sent by PLAIN: %s, as in Go', async (host, isEncrypted, isSent) => {
  const commands: string[] = [];
  const session = {
    extensions: ['AUTH PLAIN'],
    isEncrypted,
    command: async (text: string) => {
      commands.push(text);
      return { status: 235, text: '235 ok' };
    },
  };
  const authentication = authenticate(session, host, { username: 'u', identity: 'i', password: 'p' });
  if (isSent) await authentication;
  else await expect(authentication).rejects.toThrow('the connection is not encrypted');
  expect(commands).toEqual(isSent ? [`AUTH PLAIN ${Buffer.from('i\0u\0p').toString('base64')}`] : []);
});

describe('answers', () => {
  const refusing = (code: number, text = 'no'): Error => Object.assign(new Error(text), { responseCode: code });

  test.each<[string, number, SMTPServerOptions, Attempt['outcome']]>([
    ['sender', 550, { onMailFrom: (_, __, callback) => callback(refusing(550)) }, 'rejected'],
    ['sender', 451, { onMailFrom: (_, __, callback) => callback(refusing(451)) }, 'failed'],
    ['second recipient', 550, { onRcptTo: ({ address }, _, callback) => callback(address.startsWith('b') ? refusing(550) : null) }, 'rejected'],
    ['second recipient', 450, { onRcptTo: ({ address }, _, callback) => callback(address.startsWith('b') ? refusing(450) : null) }, 'failed'],
  ])('a %s that is refused with %d: no mail is sent to anybody', async (_, __, options, outcome) => {
    await withServer(options, async (server) => {
      expect(await send(server.port)).toMatchObject({ outcome, reason: expect.stringContaining('no') });
      expect(server.mails).toEqual([]);
    });
  });

  test.each<[string, string, Attempt]>([
    ['the end of a mail', 'DATA2 554-spam\\r\\n554 long', { outcome: 'rejected', reason: 'the server refused the message: 554-spam 554 long' }],
    ['the end of a mail', 'DATA2 452 full', { outcome: 'failed', reason: 'the server refused the message: 452 full' }],
    ['DATA', 'DATA 554 no', { outcome: 'rejected', reason: 'the server refused DATA: 554 no' }],
    ['a recipient on several lines', 'RCPT 550-5.1.1 nobody\\r\\n550 here', { outcome: 'rejected', reason: 'the server refused RCPT: 550-5.1.1 nobody 550 here' }],
    ['a sender who must authenticate', 'MAIL 530 first', { outcome: 'failed', reason: 'the server refused MAIL: 530 first', isAboutCredentials: true }],
    ['MAIL, at the end of the session', 'MAIL 421 closing', { outcome: 'failed', reason: 'no mail was handed over: the server closed the connection: 421 closing' }],
  ])('to %s: %s', async (_, script, expected) => {
    const server = await scriptedServer(script.replaceAll('\\r\\n', '\r\n'));
    try {
      expect(await send(server.port)).toEqual(expected);
    } finally {
      await server.stop();
    }
  });

  test('an answer that repeats the credentials is kept without them', async () => {
    const texts = [PASSWORD, Buffer.from(PASSWORD).toString('base64'), Buffer.from(`id\0user\0${PASSWORD}`).toString('base64')];
    for (const step of ['AUTH 535', 'MAIL 451', 'DATA2 554']) {
      const server = await scriptedServer(`${step} refused: ${texts.join(' ')}`, ['AUTH PLAIN']);
      try {
        const attempt = await send(server.port, { auth: { username: 'user', identity: 'id', password: { secret: 'password' } } });
        expect(attempt).toMatchObject({ reason: expect.stringContaining('refused: [redacted] [redacted] [redacted]') });
        expect(server.commands.join()).toContain(texts[2]);
      } finally {
        await server.stop();
      }
    }
  });

  test('no more than the beginning of an answer is kept', async () => {
    const server = await scriptedServer(`MAIL 550 ${'x'.repeat(2000)}`);
    try {
      const attempt = await send(server.port);
      expect(attempt).toMatchObject({ outcome: 'rejected' });
      expect('reason' in attempt && attempt.reason.length).toBe(300);
    } finally {
      await server.stop();
    }
  });
});

describe('connections', () => {
  test('a server that is not there is retried', async () => {
    const server = await MailServer.start();
    const { port } = server;
    await server.stop();
    expect(await send(port)).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('ECONNREFUSED') });
  });

  test.each(['GREETING', 'EHLO', 'MAIL', 'DATA', 'DATA2'])('a server that hangs at %s is given up in time', async (step) => {
    const server = await scriptedServer(`${step} -`);
    try {
      expect(await send(server.port, {}, { timeoutMs: 300 })).toEqual({ outcome: 'failed', reason: 'no mail was handed over: the server did not finish within 0.3 seconds' });
    } finally {
      await server.stop();
    }
  });

  test.each(['GREETING', 'EHLO', 'MAIL', 'DATA2'])('a connection that ends at %s is retried', async (step) => {
    const server = await scriptedServer(`${step} !`);
    try {
      expect(await send(server.port)).toMatchObject({ outcome: 'failed' });
    } finally {
      await server.stop();
    }
  });

  test.each([
    [{ host: 'localhost' }, AddressPermission.LOCAL], [{ host: '127.0.0.1' }, AddressPermission.LOCAL], [{ host: '10.0.0.1' }, AddressPermission.PRIVATE],
  ])('%j needs a permission', async (server, permission) => {
    expect(await send(1, server, { permissions: [] })).toEqual({
      outcome: 'rejected', reason: `the construct does not allow the function to connect to this address (${permission})`,
    });
  });

  test('8BITMIME and SMTPUTF8 are asked for where the server has them, as in Go', async () => {
    const server = await scriptedServer('', ['8BITMIME', 'SMTPUTF8', 'PIPELINING']);
    try {
      expect(await send(server.port)).toEqual(DELIVERED);
      expect(server.commands.slice(0, 5)).toEqual([
        'EHLO hello.example.com', 'MAIL FROM:<from@example.com> BODY=8BITMIME SMTPUTF8', 'RCPT TO:<a@example.com>', 'RCPT TO:<b@example.com>', 'DATA',
      ]);
    } finally {
      await server.stop();
    }
  });
});
