import { post } from '../shared/net/post';
import { USER_AGENT } from '../shared/version';

export interface HttpAnswer {
  readonly status: number;
  readonly retryAfter?: string;
  /** The beginning of the body. */
  readonly body: string;
  /** Whether the whole body arrived. */
  readonly isComplete: boolean;
}

/** Posts JSON. Rejects when no answer came: the network failed, or the time limit was over. */
export type PostJson = (url: URL, body: string, timeoutMs: number) => Promise<HttpAnswer>;

/** PagerDuty's answers are short. Of anything longer, the beginning says enough. */
const MAX_BODY_CHARACTERS = 16 * 1024;

export const postJson: PostJson = async (url, body, timeoutMs) => {
  const { status, headers, body: answered, isComplete } = await post({
    url,
    body,
    timeoutMs,
    headers: { 'Content-Type': 'application/json', 'User-Agent': USER_AGENT },
    maxBodyCharacters: MAX_BODY_CHARACTERS,
  });
  const retryAfter = headers['retry-after'];
  return { status, body: answered, isComplete, ...(retryAfter !== undefined && { retryAfter }) };
};
