import { classifySlackResponse } from './classify-response';
import { SLACK_API_URL } from '../../../src/contract/queued-notification';
import { sendRequest, type HttpCollaborators, type ResolvedUrl } from '../http/send-request';
import type { Attempt, Send } from '../transport';

/** Slack's API repeats the message in its answer, and escapes it. */
const MAX_BODY_CHARACTERS = 1_000_000;

/**
 * Posts a message to an incoming webhook, or with a token to Slack's API.
 *
 * @param apiUrl where the API is.
 */
export function slackSender(collaborators: HttpCollaborators, apiUrl: string): Send<'slack'> {
  return async ({ request: { url, channel, body, ...settings } }) => withChannel(await sendRequest({
    url: 'value' in url && url.value === SLACK_API_URL ? { value: apiUrl } : url,
    resolveUrl,
    settings,
    body,
    maxBodyCharacters: MAX_BODY_CHARACTERS,
    classify: classifySlackResponse,
  }, collaborators), channel);
}

function resolveUrl(text: string): ResolvedUrl {
  if (!URL.canParse(text)) return { problem: 'the URL in the secret is not valid' };
  const url = new URL(text);
  return url.protocol === 'https:' || url.protocol === 'http:' ? { url } : { problem: 'the URL does not begin with https:// or http://' };
}

/** Slack's errors do not say which channel they are about. */
function withChannel(attempt: Attempt, channel: string | undefined): Attempt {
  return attempt.outcome === 'delivered' || channel === undefined ? attempt : { ...attempt, reason: `channel ${JSON.stringify(channel)}: ${attempt.reason}` };
}
