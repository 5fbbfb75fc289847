import type { LookupFunction } from 'node:net';
import { classifyResponse } from './classify-response';
import { resolveUrl } from './url';
import { permissionsForUrl } from '../../../src/contract/addresses';
import {
  MAX_REQUEST_TIMEOUT_MS, type AddressPermission, type HttpSettings, type Setting, type WebhookRequest,
} from '../../../src/contract/queued-notification';
import { messageOf } from '../../shared/guards';
import type { Post } from '../../shared/net/post';
import { USER_AGENT } from '../../shared/version';
import { RefusedAddressError } from '../guarded-lookup';
import { redactValues } from '../redact-values';
import type { SecretValues } from '../secret-values';
import type { Attempt, Send } from '../transport';

export interface WebhookCollaborators {
  readonly secrets: SecretValues;
  readonly post: Post;
  readonly permissions: readonly AddressPermission[];
  readonly lookup: LookupFunction;
}

/** Of a response body, no more is read. */
const MAX_BODY_CHARACTERS = 4096;

/** Sends Alertmanager's JSON to the URL in the secret. */
export function webhookSender(collaborators: WebhookCollaborators): Send<'webhook'> {
  return async ({ request }) => {
    const used = new Map<string, string>();
    const attempt = await sendOnce(request, collaborators, used);
    if (attempt.outcome !== 'rejected') return attempt;
    // A value might have been replaced since the secret was read: then there is no need to give up.
    const changed = await Promise.all([...used].map(async ([name, value]) => collaborators.secrets.hasChanged(name, value)));
    return changed.includes(true) ? sendOnce(request, collaborators, new Map()) : attempt;
  };
}

/** @param used receives the values of the secret that were used, by name. */
async function sendOnce(
  request: WebhookRequest, { secrets, post, permissions, lookup }: WebhookCollaborators, used: Map<string, string>,
): Promise<Attempt> {
  const problems: string[] = [];
  const find = async (name: string): Promise<string> => {
    const found = await secrets.find(name);
    if ('problem' in found) {
      problems.push(found.problem);
      return '';
    }
    used.set(name, found.value);
    return found.value;
  };
  const template = await find(request.url);
  const headers = await headersOf(request, async (setting) => ('secret' in setting ? find(setting.secret) : setting.value));
  if (problems.length > 0) return { outcome: 'failed', reason: problems[0], isAboutCredentials: true };
  const resolved = resolveUrl(template, request.urlParts);
  if ('problem' in resolved) return { outcome: 'failed', reason: resolved.problem, isAboutCredentials: true };
  const { url } = resolved;
  const refused = permissionsForUrl(url).find((permission) => !permissions.includes(permission));
  if (refused !== undefined) return { outcome: 'rejected', reason: `the construct does not allow the function to connect to this address (${refused})` };
  const redact = (text: string): string => redactValues(text, [...used.values(), url.href, ...Object.entries(headers).flatMap(([name, value]) => (name === 'Authorization' ? value : []))]);
  try {
    const timeoutMs = Math.min(request.timeoutMs ?? MAX_REQUEST_TIMEOUT_MS, MAX_REQUEST_TIMEOUT_MS);
    const response = await post({ url, headers, lookup, body: request.body, timeoutMs, maxBodyCharacters: MAX_BODY_CHARACTERS });
    return classifyResponse(response, redact);
  } catch (error) {
    const reason = `no response from the server: ${redact(messageOf(error))}`;
    return { outcome: error instanceof RefusedAddressError ? 'rejected' : 'failed', reason };
  }
}

async function headersOf(
  { basicAuth, authorization, headers = [] }: HttpSettings, resolve: (setting: Setting) => Promise<string>,
): Promise<Record<string, string | string[]>> {
  const own: Record<string, string | string[]> = { 'Content-Type': 'application/json', 'User-Agent': USER_AGENT };
  if (basicAuth !== undefined) {
    const [username, password] = [basicAuth.username, basicAuth.password].map((setting) => setting ?? { value: '' });
    own.Authorization = `Basic ${Buffer.from(`${await resolve(username)}:${await resolve(password)}`).toString('base64')}`;
  }
  if (authorization !== undefined) own.Authorization = `${authorization.type} ${await resolve(authorization.credentials)}`;
  for (const { name, value } of headers) {
    const earlier = own[name];
    own[name] = [...(Array.isArray(earlier) ? earlier : earlier === undefined ? [] : [earlier]), await resolve(value)];
  }
  return own;
}
