import { parseBody, type SlackPost } from '../../receivers/slack-message';
import { compareRequests } from '../compare-requests';
import { diff } from '../diff';
import { absence, type Difference } from '../pair';
import { withOldEscapes } from '../webhook/body';

/** All that differs in two posts. Bodies that are not the same bytes differ, even if they are the same JSON. */
export function comparePosts(native: SlackPost | undefined, relayed: SlackPost | undefined): Difference[] {
  if (native === undefined || relayed === undefined) {
    return [absence(native)];
  }
  return [...compareRequests(native, relayed), ...compareBodies(native, relayed)];
}

function compareBodies(native: SlackPost, relayed: SlackPost): Difference[] {
  if (native.body === relayed.body) {
    return [];
  }
  const found = diff(parseBody(native), parseBody(relayed), ['body']).map((difference) => ({
    ...difference, documented: isTruncated(difference, native) ? 'too-long-for-sns' as const : undefined,
  }));
  if (found.some(({ documented }) => documented === 'too-long-for-sns')) {
    return found;
  }
  return [...found, { field: 'body', native: native.body, relayed: relayed.body, documented: spellingOf(native.body, relayed.body) }];
}

/** Why two spellings of one message are not the same bytes. */
function spellingOf(native: string, relayed: string): Difference['documented'] {
  const old = withOldEscapes(native);
  if (withOldOrder(old) !== relayed) {
    return undefined;
  }
  return old === relayed ? 'newer-json-escapes' : 'newer-slack-order';
}

/** Alertmanager 0.35 writes the channel behind the attachments, earlier versions in front of everything. */
function withOldOrder(body: string): string {
  return body.replace(/^\{(.*),("channel":"(?:\\.|[^"\\])*")\}(\n)$/s, '{$2,$1}$3');
}

/** SNS takes this many bytes; the template's own parts and escapes make the difference to the body. */
const MIN_TRUNCATED_BYTES = 200_000;

/** The end of a text is missing, or all of one, and the notification was long enough to be truncated. */
function isTruncated({ native, relayed }: Difference, { body }: SlackPost): boolean {
  return Buffer.byteLength(body) > MIN_TRUNCATED_BYTES
    && typeof native === 'string'
    && (relayed === undefined || (typeof relayed === 'string' && native.startsWith(relayed.replace(/\ufffd+$/, ''))));
}
