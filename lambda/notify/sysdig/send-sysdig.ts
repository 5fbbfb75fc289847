import { classifySysdigResponse } from './classify-response';
import { IbmAccessTokens } from './ibm-access-tokens';
import type { HttpSettings } from '../../../src/contract/queued-notification';
import type { IbmAuthentication, SysdigEndpoints, SysdigRequest } from '../../../src/contract/sysdig';
import { requestTimeoutMs, sendRequest, type HttpCollaborators } from '../http/send-request';
import { redactValues } from '../redact-values';
import type { Attempt, Send } from '../transport';

/** Of a response body, no more is read. */
const MAX_BODY_CHARACTERS = 4096;

/** Posts events to Sysdig Monitor. */
export function sysdigSender(endpoints: SysdigEndpoints, http: HttpCollaborators, now: () => number = () => performance.now()): Send<'sysdig'> {
  const tokens = new IbmAccessTokens(http, now);
  return async ({ request }) => {
    const endpoint = Object.hasOwn(endpoints, request.endpoint) ? endpoints[request.endpoint] : undefined;
    // During a deployment, the receive function might know an endpoint before this one does.
    if (endpoint === undefined) return { outcome: 'failed', reason: `the function has no Sysdig endpoint ${JSON.stringify(request.endpoint)}` };
    if (endpoint.ibm !== undefined) return sendToIbm(request, endpoint.url, endpoint.ibm, tokens, http, now);
    return post(request, endpoint.url, { authorization: { type: 'Bearer', credentials: request.token } }, http);
  };
}

/**
 * An access token that is refused is replaced once: it might have been revoked, or the API key in the secret might be another one by now.
 * All requests together take no longer than the one request of other receivers.
 */
async function sendToIbm(
  request: SysdigRequest, url: string, ibm: IbmAuthentication, tokens: IbmAccessTokens, http: HttpCollaborators, now: () => number,
): Promise<Attempt> {
  const found = await apiKeyOf(request, http);
  if ('outcome' in found) return found;
  const until = now() + requestTimeoutMs(request.timeoutMs);
  const remainingMs = (): number => until - now();
  const attemptOnce = async (apiKey: string): Promise<Attempt> => {
    const access = await tokens.find(ibm, apiKey, remainingMs());
    if ('outcome' in access) return access;
    return remainingMs() <= 0
      ? { outcome: 'failed', reason: 'no time was left for Sysdig: the access token of IBM Cloud came too late' }
      : post({ ...request, timeoutMs: remainingMs() }, url, ibmSettings(ibm, access.accessToken), http, access.accessToken);
  };
  const attempt = await attemptOnce(found.apiKey);
  const isRefused = attempt.outcome === 'failed' && attempt.isAboutCredentials === true;
  if (!isRefused) return attempt;
  tokens.forget(ibm, found.apiKey);
  const current = await currentApiKey(request, found.apiKey, http);
  return remainingMs() <= 0 ? attempt : attemptOnce(current);
}

async function apiKeyOf({ token }: SysdigRequest, { secrets }: HttpCollaborators): Promise<{ readonly apiKey: string } | Attempt> {
  if ('value' in token) return { apiKey: token.value };
  const found = await secrets.find(token.secret);
  return 'problem' in found ? { outcome: 'failed', reason: found.problem, isAboutCredentials: true } : { apiKey: found.value };
}

/** The API key after a refusal: that of a new read of the secret, if it was replaced. */
async function currentApiKey(request: SysdigRequest, used: string, http: HttpCollaborators): Promise<string> {
  const { token } = request;
  if ('value' in token || !await http.secrets.hasChanged(token.secret, used)) return used;
  const found = await apiKeyOf(request, http);
  return 'outcome' in found ? used : found.apiKey;
}

function ibmSettings({ instanceId, teamId }: IbmAuthentication, accessToken: string): HttpSettings {
  return {
    authorization: { type: 'Bearer', credentials: { value: accessToken } },
    headers: [
      { name: 'IBMInstanceID', value: { value: instanceId } },
      ...(teamId === undefined ? [] : [{ name: 'SysdigTeamID', value: { value: teamId } }]),
    ],
  };
}

/** @param accessToken a credential that does not come from the secret, and that no reason can contain either. */
async function post(
  { timeoutMs, body }: SysdigRequest, url: string, settings: HttpSettings, http: HttpCollaborators, accessToken?: string,
): Promise<Attempt> {
  return sendRequest({
    url: { value: url },
    resolveUrl: (text) => ({ url: new URL(text) }),
    settings: { ...settings, ...(timeoutMs !== undefined && { timeoutMs }) },
    body,
    maxBodyCharacters: MAX_BODY_CHARACTERS,
    classify: (response, redact) =>
      classifySysdigResponse(response, (text) => redact(accessToken === undefined ? text : redactValues(text, [accessToken]))),
  }, http);
}
