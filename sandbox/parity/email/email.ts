import { EMAIL_CONFIGS, pairMails } from './pair-mails';
import { translateEmail } from '../../../src/alertmanager/translate/transports/emails';
import { MailSimulator, type SimulatedMail } from '../../receivers/mail-simulator';
import { readGoYaml, type GoMap } from '../../yaml/go-yaml';
import type { EntryPlace, Integration } from '../integration';
import { valueOf } from '../webhook/redirect-http';

/** Mails: the envelope, the headers as a set, and the parts, byte for byte. */
export const email: Integration<MailSimulator, SimulatedMail> = {
  field: EMAIL_CONFIGS,
  start: () => MailSimulator.start(),
  relayed: ({ receivers }) => receivers.email,
  received: ({ received }) => received,
  redirect: (entry, _place, simulator, global) => {
    for (const field of SERVER_FIELDS) {
      entry.delete(field);
    }
    entry.setText('smarthost', `127.0.0.1:${simulator.port}`);
    // `false`, and not a text that reads the same.
    [...readGoYaml('{require_tls: false}')].forEach(([name, value]) => entry.set(name, value));
    inherit(entry, global, ['from', 'hello']);
  },
  secretValues: (place) => Object.fromEntries(translated(place).secrets.map(({ name, value, file }) => [name, valueOf(value, file)])),
  pairUp: pairMails,
};

/** How the server is reached differs on both sides; what it receives does not. */
const SERVER_FIELDS = [
  'auth_username', 'auth_password', 'auth_password_file', 'auth_secret', 'auth_secret_file', 'auth_identity', 'tls_config', 'force_implicit_tls',
];

function inherit(entry: GoMap, global: GoMap | undefined, fields: readonly string[]): void {
  for (const field of fields) {
    const inherited = global?.text(`smtp_${field}`);
    if (!entry.text(field) && inherited !== undefined) {
      entry.setText(field, inherited);
    }
  }
}

function translated({ file, receiver, index }: EntryPlace): ReturnType<typeof translateEmail> {
  return translateEmail(file, receiver, receiver.email_configs[index], index, false);
}
