import type { LookupFunction } from 'node:net';
import { authenticate, MechanismError, plainResponse, type SmtpCredentials } from './authenticate';
import { handOver } from './hand-over';
import { SmtpReplyError } from './reply-error';
import { withSession } from './session';
import { permissionsForUrl } from '../../../../src/contract/addresses';
import type { SmtpServer } from '../../../../src/contract/email';
import { AddressPermission, MAX_REQUEST_TIMEOUT_MS } from '../../../../src/contract/queued-notification';
import type { Setting } from '../../../../src/contract/setting';
import { messageOf } from '../../../shared/guards';
import { RefusedAddressError } from '../../guarded-lookup';
import { redactValues } from '../../redact-values';
import type { SecretValues } from '../../secret-values';
import type { Attempt } from '../../transport';
import type { ReadyMail } from '../ready-mail';

export interface SmtpCollaborators {
  readonly secrets: SecretValues;
  readonly permissions: readonly AddressPermission[];
  readonly lookup: LookupFunction;
  /** For a whole session. Shorter in tests. */
  readonly timeoutMs?: number;
}

/** Of an answer, this much is kept. */
const MAX_EXCERPT_CHARACTERS = 300;

/** Sends a mail through the server of the configuration, once more if a value of the secret was replaced since it was read. */
export async function sendBySmtp(mail: ReadyMail, server: SmtpServer, collaborators: SmtpCollaborators): Promise<Attempt> {
  const used = new Map<string, string>();
  const attempt = await sendOnce(mail, server, collaborators, used);
  if (attempt.outcome !== 'failed' || attempt.isAboutCredentials !== true) return attempt;
  const changed = await Promise.all([...used].map(async ([name, value]) => collaborators.secrets.hasChanged(name, value)));
  return changed.includes(true) ? sendOnce(mail, server, collaborators, new Map()) : attempt;
}

/** @param used receives the values of the secret that were used, by name. */
async function sendOnce(
  mail: ReadyMail,
  server: SmtpServer,
  { secrets, permissions, lookup, timeoutMs = MAX_REQUEST_TIMEOUT_MS }: SmtpCollaborators,
  used: Map<string, string>,
): Promise<Attempt> {
  const { host, port, hello, encryption, tls = {}, auth } = server;
  const refused = permissionsForUrl({ protocol: 'smtp:', hostname: host }).find((permission) => !permissions.includes(permission));
  if (refused !== undefined) return refusedAddress(refused);
  const problems: string[] = [];
  const resolve = async (setting: Setting | undefined): Promise<string | undefined> => {
    if (setting === undefined || 'value' in setting) return setting?.value;
    const found = await secrets.find(setting.secret);
    if ('problem' in found) {
      problems.push(found.problem);
      return undefined;
    }
    used.set(setting.secret, found.value);
    return found.value;
  };
  const [ca, cert, key] = [await resolve(tls.ca), await resolve(tls.cert), await resolve(tls.key)];
  const credentials: SmtpCredentials | undefined = auth && { ...auth, password: await resolve(auth.password), secret: await resolve(auth.secret) };
  if (problems.length > 0) return { outcome: 'failed', reason: problems[0], isAboutCredentials: true };
  // A server can send back the line that it refuses: values in base64 by LOGIN, and all of them as one text by PLAIN.
  const sent = [...used.values(), ...[...used.values()].map((value) => Buffer.from(value).toString('base64')), ...(credentials ? [plainResponse(credentials)] : [])];
  const redact = (text: string): string => redactValues(text, sent);
  try {
    await withSession({ host, port, hello, encryption, tls: { ...tls, ca, cert, key }, lookup, timeoutMs }, async (session) => {
      if (credentials !== undefined) await authenticate(session, host, credentials);
      await handOver(session, mail, mail.data);
    });
    return { outcome: 'delivered' };
  } catch (error) {
    return failureOf(error, (text) => redact(text).replace(/\s+/g, ' ').trim().slice(0, MAX_EXCERPT_CHARACTERS));
  }
}

/**
 * What a failure means. Alertmanager retries all of them until the flush of the group ends. Here, an answer decides that says itself
 * that it is final: 5xx to a mail, to its sender, or to a recipient. Refused credentials can be replaced in the secret, so they are retried.
 */
function failureOf(error: unknown, excerpt: (text: string) => string): Attempt {
  if (error instanceof RefusedAddressError) return { outcome: 'rejected', reason: error.message };
  if (error instanceof MechanismError) return { outcome: 'failed', reason: excerpt(error.message), isAboutCredentials: true };
  if (error instanceof SmtpReplyError) {
    const reason = excerpt(error.message);
    const { command, reply: { status } } = error;
    const isAboutCredentials = command === 'AUTH' ? status >= 500 : status === 530;
    return isAboutCredentials ? { outcome: 'failed', reason, isAboutCredentials } : { outcome: status >= 500 && command !== 'AUTH' ? 'rejected' : 'failed', reason };
  }
  return { outcome: 'failed', reason: `no mail was handed over: ${excerpt(messageOf(error))}` };
}

function refusedAddress(permission: AddressPermission): Attempt {
  return { outcome: 'rejected', reason: `the construct does not allow the function to connect to this address (${permission})` };
}
