import { createHash } from 'node:crypto';
import type { BuildRequest } from './built-request';
import { TransportSectionName } from '../../../src/contract/message';
import type { DecodedSection } from '../decode/decode-message';

/** As many digits of a group's hash name its thread in Alertmanager. */
const THREAD_ID_DIGITS = 16;

/**
 * The mail that Alertmanager would have sent, rendered but not yet encoded. Of a truncated message, what arrived of the texts is sent; a
 * truncated address or header is not.
 */
export const emailRequest: BuildRequest<'email'> = ({ head, sections, cut }, groupKey) => {
  const { server, headers: names, threadBy, parts } = head.settings;
  const printed = new Map(sections.flatMap(emailSection));
  const whole = (name: string | number): string => {
    const section = printed.get(name);
    if (section === undefined || section.cut) throw new Error('the notification was truncated inside of the addresses or headers of its mail');
    return section.text;
  };
  const part = (name: 'text' | 'html'): string | undefined => (parts.includes(name) ? printed.get(name)?.text ?? '' : undefined);
  const [from, to, text] = [whole('from'), whole('to'), part('text')];
  // Mail programs show the HTML instead of the text: HTML of which nothing arrived must not hide what did.
  const html = cut && text !== undefined && !printed.has('html') ? undefined : part('html');
  const own = names.map((name, index) => [name, whole(index)] as const);
  const missing = ([['To', to], ['From', from]] as const).filter(([name]) => !names.includes(name));
  return {
    // How many alerts the missing text was about, nobody knows: there is at least one.
    lostAlerts: cut ? 1 : 0,
    request: {
      ...(server && { server }),
      from,
      to,
      headers: [...own, ...missing],
      ...(threadBy && { threading: { id: createHash('sha256').update(groupKey).digest('hex').slice(0, THREAD_ID_DIGITS), byDate: threadBy } }),
      ...(text !== undefined && { text }),
      ...(html !== undefined && { html }),
      ...(cut && { isTruncated: true }),
    },
  };
};

interface PrintedText {
  readonly text: string;
  readonly cut: boolean;
}

function emailSection({ path: [list, name], value, cut }: DecodedSection): Array<readonly [string | number, PrintedText]> {
  return list === TransportSectionName.EMAIL && name !== undefined && typeof value === 'string' ? [[name, { text: value, cut }]] : [];
}
