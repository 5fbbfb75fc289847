import type { LookupFunction } from 'node:net';
import { permissionsForUrl } from '../../../src/contract/addresses';
import { MAX_REQUEST_TIMEOUT_MS, type AddressPermission, type HttpSettings } from '../../../src/contract/queued-notification';
import type { Setting } from '../../../src/contract/setting';
import { messageOf } from '../../shared/guards';
import type { Post } from '../../shared/net/post';
import type { PostResponse } from '../../shared/net/post-request';
import { USER_AGENT } from '../../shared/version';
import { RefusedAddressError } from '../guarded-lookup';
import { redactValues } from '../redact-values';
import type { SecretValues } from '../secret-values';
import type { Attempt } from '../transport';

/** What transports over HTTP work with. */
export interface HttpCollaborators {
  readonly secrets: SecretValues;
  readonly post: Post;
  readonly permissions: readonly AddressPermission[];
  readonly lookup: LookupFunction;
}

/** A URL, or why there is none; the reason never contains the URL. */
export type ResolvedUrl =
  /** The target is path and query, where they are not those of the URL. */
  | { readonly url: URL; readonly target?: string }
  /** A final problem is that of one notification, which no change of the secret solves. */
  | { readonly problem: string; readonly isFinal?: true };

/** A request of a transport over HTTP, complete but for what stands in the secret. */
export interface HttpRequest {
  readonly url: Setting;
  /** Makes the URL of what the setting says. */
  readonly resolveUrl: (text: string) => ResolvedUrl;
  readonly settings: HttpSettings;
  readonly body: string;
  /** Longer response bodies are truncated. */
  readonly maxBodyCharacters: number;
  /** @param redact removes what came from the secret. */
  readonly classify: (response: PostResponse, redact: (text: string) => string) => Attempt;
}

/** The maximum duration of a request, in milliseconds. */
export function requestTimeoutMs(configured: number | undefined): number {
  return Math.min(configured ?? MAX_REQUEST_TIMEOUT_MS, MAX_REQUEST_TIMEOUT_MS);
}

/** Sends a request, and once more if a value of the secret was replaced since it was read. */
export async function sendRequest(request: HttpRequest, collaborators: HttpCollaborators): Promise<Attempt> {
  const used = new Map<string, string>();
  const attempt = await sendOnce(request, collaborators, used);
  const mightBeOutdated = attempt.outcome === 'rejected' || (attempt.outcome === 'failed' && attempt.isAboutCredentials === true);
  if (!mightBeOutdated) return attempt;
  const changed = await Promise.all([...used].map(async ([name, value]) => collaborators.secrets.hasChanged(name, value)));
  return changed.includes(true) ? sendOnce(request, collaborators, new Map()) : attempt;
}

/** @param used receives the values of the secret that were used, by name. */
async function sendOnce(
  { url: setting, resolveUrl, settings, body, maxBodyCharacters, classify }: HttpRequest,
  { secrets, post, permissions, lookup }: HttpCollaborators,
  used: Map<string, string>,
): Promise<Attempt> {
  const problems: string[] = [];
  const resolve = async (each: Setting): Promise<string> => {
    if ('value' in each) return each.value;
    const found = await secrets.find(each.secret);
    if ('problem' in found) {
      problems.push(found.problem);
      return '';
    }
    used.set(each.secret, found.value);
    return found.value;
  };
  const urlText = await resolve(setting);
  const headers = await headersOf(settings, resolve);
  if (problems.length > 0) return { outcome: 'failed', reason: problems[0], isAboutCredentials: true };
  const resolved = resolveUrl(urlText);
  if ('problem' in resolved) {
    const { problem: reason, isFinal } = resolved;
    return isFinal === true ? { outcome: 'rejected', reason } : { outcome: 'failed', reason, isAboutCredentials: true };
  }
  const { url, target } = resolved;
  const refused = permissionsForUrl(url).find((permission) => !permissions.includes(permission));
  if (refused !== undefined) return { outcome: 'rejected', reason: `the construct does not allow the function to connect to this address (${refused})` };
  const authorization = typeof headers.Authorization === 'string' ? [headers.Authorization] : [];
  // A URL that is written in the definition is no secret, and its host helps whoever reads the reason.
  const secretValues = [...used.values(), ...('secret' in setting ? [url.href, url.origin + (target ?? '')] : []), ...authorization];
  const redact = (text: string): string => redactValues(text, secretValues);
  try {
    const response = await post({ url, target, headers, lookup, body, timeoutMs: requestTimeoutMs(settings.timeoutMs), maxBodyCharacters });
    return classify(response, redact);
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
