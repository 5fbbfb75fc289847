import { compareMails, stableHeaders } from './compare-mails';
import type { SimulatedMail } from '../../receivers/mail-simulator';
import { decodeHeader, parseMail } from '../../receivers/parse-mail';
import type { StepContext } from '../integration';
import type { ComparedPair } from '../pair';

/** The list that these mails are of. */
export const EMAIL_CONFIGS = 'email_configs';

/**
 * Puts the mails of a step together: those with the same envelope and subject, in their order. A mail names neither its receiver nor its
 * group; two that cannot be distinguished by these are equal anyway, or differ in a way that is found.
 */
export function pairMails({ step }: StepContext, native: readonly SimulatedMail[], relayed: readonly SimulatedMail[]): ComparedPair[] {
  const [left, right] = [byAddressee(native), byAddressee(relayed)];
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((key) => {
    const [ours, theirs] = [left.get(key) ?? [], right.get(key) ?? []];
    return Array.from({ length: Math.max(ours.length, theirs.length) }, (_, index) => pairOf(step, ours[index], theirs[index]));
  });
}

function pairOf(step: number, native: SimulatedMail | undefined, relayed: SimulatedMail | undefined): ComparedPair {
  const differences = compareMails(native, relayed);
  return {
    step,
    integration: EMAIL_CONFIGS,
    receiver: (native ?? relayed)?.to.join(', '),
    native: contentOf(native),
    relayed: contentOf(relayed),
    equal: differences.length === 0,
    differences,
  };
}

/** The mail as it is printed: decoded. */
function contentOf(mail: SimulatedMail | undefined): unknown {
  if (mail === undefined) {
    return null;
  }
  const { headers, parts } = parseMail(mail.data);
  return {
    from: mail.from,
    to: mail.to,
    headers: Object.fromEntries(headers.map(([name, value]) => [name, decodeHeader(value)])),
    parts: parts.map(({ decoded }) => decoded),
  };
}

function byAddressee(mails: readonly SimulatedMail[]): Map<string, SimulatedMail[]> {
  const groups = new Map<string, SimulatedMail[]>();
  for (const mail of [...mails].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))) {
    const subject = parseMail(mail.data).headers.find(([name]) => name === 'Subject')?.[1];
    const key = JSON.stringify([mail.from, mail.to, subject]);
    groups.set(key, [...groups.get(key) ?? [], mail]);
  }
  return groups;
}

/** Groups that have the same subject are flushed in any order: their texts, and the headers that stay, put them into the same one. */
function sortKey({ data }: SimulatedMail): string {
  const { parts, headers } = parseMail(data);
  return JSON.stringify([parts.map(({ decoded }) => decoded), stableHeaders(headers)]);
}
