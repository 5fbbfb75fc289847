import type { SimulatedMail } from '../../receivers/mail-simulator';
import { parseMail, type ReadMail } from '../../receivers/parse-mail';
import { diff } from '../diff';
import { absence, type Difference, type DocumentedDifference } from '../pair';

/** Headers whose values differ each time, and the form that they must have. */
const CHANGING: { readonly [name: string]: RegExp } = {
  'Message-Id': /^<\d+\.\d+@[^>@\s]+>$/,
  'Date': /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}$/,
  'Content-Type': /^multipart\/alternative; {2}boundary=[\da-f]{60}$/,
};

/** The one address in Alertmanager's HTML that has changed: http in 0.25, https in 0.31. */
const OLD_TYPE = /itemtype="http:(?=\/\/schema\.org\/EmailMessage")/;

/** What the relay writes at the end of a mail whose notification was truncated. */
const TRUNCATED = 'This notification was too long for Amazon SNS';

/** All that differs in two mails. Parts that are not the same bytes differ, even if they read the same. */
export function compareMails(native: SimulatedMail | undefined, relayed: SimulatedMail | undefined): Difference[] {
  if (native === undefined || relayed === undefined) {
    return [absence(native)];
  }
  const isTruncated = (mail: ReadMail): boolean => mail.parts.some(({ decoded }) => decoded.includes(TRUNCATED));
  const envelope = ({ from, to, hello }: SimulatedMail): unknown => ({ from, to, hello });
  const [ours, theirs] = [parseMail(native.data), parseMail(relayed.data)];
  return [
    ...diff(envelope(native), envelope(relayed), ['envelope']),
    ...diff(headersOf(ours.headers), headersOf(theirs.headers), ['headers']),
    ...Array.from({ length: Math.max(ours.parts.length, theirs.parts.length) }, (_, index) => index).flatMap((index) => {
      const [left, right] = [ours.parts[index], theirs.parts[index]];
      const documented = left && right ? documentedReason(left.decoded, right.decoded) : left && isTruncated(theirs) ? 'too-long-for-sns' : undefined;
      return diff(left ?? null, right ?? null, ['parts', String(index)]).map((difference) => (
        documented !== undefined && !difference.field.includes('.headers.') ? { ...difference, documented } : difference));
    }),
  ];
}

/** The headers, in an order of ours: that of Alertmanager is the one of a map of Go, which is any. */
export function stableHeaders(headers: ReadonlyArray<readonly [string, string]>): string[] {
  return headers.map(([name, value]) => `${name}: ${CHANGING[name]?.test(value) === true ? '(changes)' : value}`).sort();
}

function headersOf(headers: ReadonlyArray<readonly [string, string]>): unknown {
  return Object.fromEntries(stableHeaders(headers).map((line, index) => [String(index), line]));
}

/** Why the contents of two parts differ. A part with the same content that is encoded in another way has no reason. */
function documentedReason(native: string, relayed: string): DocumentedDifference | undefined {
  if (native === relayed) {
    return undefined;
  }
  if (native.replace(OLD_TYPE, 'itemtype="https:') === relayed) {
    return 'newer-email-template';
  }
  const end = relayed.lastIndexOf(TRUNCATED);
  const common = commonLength(native.replace(OLD_TYPE, 'itemtype="https:'), relayed);
  // Behind what is the same, the relay has nothing but end tags and the note.
  return end >= 0 && /^(?:<\/[a-z\d]+>)*(?:<p>|\s*)$/.test(relayed.slice(common, end)) ? 'too-long-for-sns' : undefined;
}

function commonLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) {
    length += 1;
  }
  return length;
}
