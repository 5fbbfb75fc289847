import { createHmac } from 'node:crypto';
import { SmtpReplyError } from './reply-error';
import type { SmtpSession } from './session';

/** What the client can prove itself by. */
export interface SmtpCredentials {
  readonly username: string;
  readonly identity?: string;
  /** For PLAIN and LOGIN. */
  readonly password?: string;
  /** For CRAM-MD5. */
  readonly secret?: string;
}

/** The server has no mechanism that can be used. */
export class MechanismError extends Error {}

/** Hosts that Go sends a password to without encryption. */
const LOCAL_HOSTS = new Set(['localhost', '127.0.0.1', '::1']);

/**
 * Authenticates as Alertmanager does: by the first mechanism of the server for which there is a credential, and not at all if the server
 * offers none.
 *
 * @throws SmtpReplyError when the server refuses the credentials.
 * @throws MechanismError when the server offers mechanisms, but none that can be used.
 */
export async function authenticate(session: SmtpSession, host: string, credentials: SmtpCredentials): Promise<void> {
  const offered = session.extensions.find((line) => /^AUTH\b/i.test(line))?.split(/[ =]+/).slice(1);
  if (offered === undefined) return;
  const { username, password, secret } = credentials;
  for (const mechanism of offered) {
    if (mechanism === 'CRAM-MD5' && secret !== undefined) return cramMd5(session, username, secret);
    if (mechanism === 'PLAIN' && password !== undefined) {
      if (!session.isEncrypted && !LOCAL_HOSTS.has(host)) {
        throw new MechanismError('the server offers PLAIN first, and the connection is not encrypted: the password is not sent');
      }
      return expect(session, `AUTH PLAIN ${plainResponse(credentials)}`, 235);
    }
    if (mechanism === 'LOGIN' && password !== undefined) return login(session, username, password);
  }
  const needed = [password === undefined ? 'auth_password' : '', secret === undefined ? 'auth_secret' : ''].filter((name) => name !== '');
  throw new MechanismError(`the server offers ${offered.join(', ')}, and none of them can be used${needed.length > 0 ? ` without ${needed.join(' or ')}` : ''}`);
}

/** What PLAIN sends: the password, in a form that is as secret as the password itself. */
export function plainResponse({ username, identity = '', password = '' }: SmtpCredentials): string {
  return base64(`${identity}\0${username}\0${password}`);
}

async function cramMd5(session: SmtpSession, username: string, secret: string): Promise<void> {
  const challenge = await ask(session, 'AUTH CRAM-MD5');
  const digest = createHmac('md5', secret).update(challenge).digest('hex');
  await expect(session, base64(`${username} ${digest}`), 235);
}

async function login(session: SmtpSession, username: string, password: string): Promise<void> {
  let question = (await ask(session, 'AUTH LOGIN')).toString('utf8').toLowerCase();
  if (!question.startsWith('user')) throw new MechanismError('the server asks for something else than a user name');
  question = (await ask(session, base64(username))).toString('utf8').toLowerCase();
  if (!question.startsWith('pass')) throw new MechanismError('the server asks for something else than a password');
  await expect(session, base64(password), 235);
}

/** A challenge of the server. */
async function ask(session: SmtpSession, text: string): Promise<Buffer> {
  const reply = await session.command(text);
  if (reply.status !== 334) throw new SmtpReplyError('AUTH', reply);
  return Buffer.from(reply.text.slice('334 '.length), 'base64');
}

async function expect(session: SmtpSession, text: string, status: number): Promise<void> {
  const reply = await session.command(text);
  if (reply.status !== status) throw new SmtpReplyError('AUTH', reply);
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
