import { classifySysdigResponse } from './classify-response';
import { IbmAccessTokens } from './ibm-access-tokens';
import type { HttpSettings } from '../../../src/contract/queued-notification';
import type { IbmAuthentication, SysdigEndpoints, SysdigRequest } from '../../../src/contract/sysdig';
import { sendRequest, type HttpCollaborators } from '../http/send-request';
import { redactValues } from '../redact-values';
import type { Attempt, Send } from '../transport';

/** Of a response body, no more is read. */
const MAX_BODY_CHARACTERS = 4096;

/** Posts events to Sysdig Monitor. */
export function sysdigSender(endpoints: SysdigEndpoints, http: HttpCollaborators): Send<'sysdig'> {
  const tokens = new IbmAccessTokens(http);
  return async ({ request }) => {
    const endpoint = Object.hasOwn(endpoints, request.endpoint) ? endpoints[request.endpoint] : undefined;
    // During a deployment, the receive function might know an endpoint before this one does.
    if (endpoint === undefined) return { outcome: 'failed', reason: `the function has no Sysdig endpoint ${JSON.stringify(request.endpoint)}` };
    if (endpoint.ibm !== undefined) return sendToIbm(request, endpoint.url, endpoint.ibm, tokens, http);
    return post(request, endpoint.url, { authorization: { type: 'Bearer', credentials: request.token } }, http);
  };
}

/** An access token that is refused is replaced once: it might have been revoked. */
async function sendToIbm(
  request: SysdigRequest, url: string, ibm: IbmAuthentication, tokens: IbmAccessTokens, http: HttpCollaborators,
): Promise<Attempt> {
  const { token } = request;
  const found = 'value' in token ? token : await http.secrets.find(token.secret);
  if ('problem' in found) return { outcome: 'failed', reason: found.problem, isAboutCredentials: true };
  const apiKey = found.value;
  const attemptOnce = async (): Promise<Attempt> => {
    const access = await tokens.find(ibm, apiKey);
    return 'outcome' in access ? access : post(request, url, ibmSettings(ibm, access.accessToken), http, access.accessToken);
  };
  const attempt = await attemptOnce();
  const isRefused = attempt.outcome === 'failed' && attempt.isAboutCredentials === true;
  if (!isRefused) return attempt;
  tokens.forget(ibm, apiKey);
  if ('secret' in token && await http.secrets.hasChanged(token.secret, apiKey)) return sendToIbm(request, url, ibm, tokens, http);
  return attemptOnce();
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
