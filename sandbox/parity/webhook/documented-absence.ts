import type { WebhookCall } from '../../receivers/webhook-simulator';
import type { DocumentedDifference } from '../pair';

/** Errors of Alertmanager that are about a URL, each with the condition for the relayed call that it is about. */
const URL_ERRORS: ReadonlyArray<readonly [error: string, applies: (relayed: WebhookCall) => boolean]> = [
  // The percent sign can stand in the fragment, which no request has, so it is looked for in the labels.
  ['invalid URL escape', ({ body }) => /%(?![0-9a-f]{2})/i.test(body)],
  ['invalid control character in URL', ({ path }) => /%(?:[01][0-9A-F]|7F)/.test(path)],
  // The request line had a space or a byte that is not ASCII in the query.
  ['unexpected status code 400', ({ path }) => /\?.*%(?:20|[89A-F][0-9A-F])/.test(path)],
];

/** A segment `..` in a path as Go writes it. */
const PARENT_SEGMENT = /^[^?]*(?:\/|%2F|%5C)(?:\.|%2E){2}(?=$|[/?;]|%2F|%5C|%3B|%3F)/i;

/** Why only one of two calls was made, if that is documented. */
export function documentedAbsence(
  native: WebhookCall | undefined, relayed: WebhookCall | undefined, nativeErrors: readonly string[],
): DocumentedDifference | undefined {
  if (native !== undefined) {
    return PARENT_SEGMENT.test(native.path) ? 'url-with-parent-segment' : undefined;
  }
  if (relayed === undefined) {
    return undefined;
  }
  const errors = errorsOf(relayed.target, nativeErrors);
  return URL_ERRORS.some(([text, applies]) => errors.some((error) => error.includes(text)) && applies(relayed)) ? 'url-not-accepted' : undefined;
}

/** The errors of one entry. One line of the log has those of all entries of a receiver. */
function errorsOf(target: string, lines: readonly string[]): string[] {
  const entry = `${target.replace(/\/webhook\/(\d+)$/, '/webhook[$1]')}: `;
  return lines.flatMap((line) => line.split('; ')).filter((error) => error.startsWith(entry));
}
