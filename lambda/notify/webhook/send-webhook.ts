import { classifyResponse } from './classify-response';
import { resolveUrl } from './url';
import { sendRequest, type HttpCollaborators } from '../http/send-request';
import type { Send } from '../transport';

/** Of a response body, no more is read. */
const MAX_BODY_CHARACTERS = 4096;

/** Sends Alertmanager's JSON to the URL in the secret. */
export function webhookSender(collaborators: HttpCollaborators): Send<'webhook'> {
  return async ({ request: { url, urlParts, body, ...settings } }) => sendRequest({
    url: { secret: url },
    resolveUrl: (template) => resolveUrl(template, urlParts),
    settings,
    body,
    maxBodyCharacters: MAX_BODY_CHARACTERS,
    classify: classifyResponse,
  }, collaborators);
}
