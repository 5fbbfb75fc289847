import type { TransportEntry } from './receiver-simulator';
import { MESSAGE_FORMAT } from '../../src/contract/message';
import { LOOPBACK } from '../net/loopback';

/** The beginning of a message for mails, up to the first call of a template. */
const HEAD = new RegExp(`^(${MESSAGE_FORMAT}:[0-9a-f]{32} )(\\{"transport":"email".*?)(,\\{\\{ template )`);

/**
 * A message whose mails go to a server on this machine. The address of a mail server stands in the definition, not in the secret. The
 * server of this machine does not encrypt.
 */
export function redirectMail(message: string, port: number): string {
  return message.replace(HEAD, (whole, marker: string, head: string, rest: string) => {
    const { settings, ...others } = JSON.parse(`${head}}`) as TransportEntry<'email'>;
    if (settings.server === undefined) {
      return whole;
    }
    const { tls: _, ...server } = settings.server;
    const redirected = { ...others, settings: { ...settings, server: { ...server, host: LOOPBACK, port, encryption: 'none' } } };
    return `${marker}${JSON.stringify(redirected).slice(0, -1).replace(/\{\{/g, '{\\u007b')}${rest}`;
  });
}
