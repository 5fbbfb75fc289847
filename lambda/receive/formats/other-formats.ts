import { readAmpJsonMessage } from './amp-json';
import { readArticleMessage } from './article';
import { readDefaultText } from './default-text';
import { readOwnText } from './own-text';
import type { Notification } from '../notification';
import type { SnsNotification } from '../sns-notification';

/** Reads a message of a setup that existed before, in a file of its own beside the bundle: whatever it is, it is at least a text. */
export function readOtherFormat(sns: SnsNotification): Notification | string {
  return readAmpJsonMessage(sns) ?? readArticleMessage(sns) ?? readDefaultText(sns) ?? readOwnText(sns);
}
