import { translateSmtp, type IgnoredCredential } from './smtp-server';
import type { EmailSettings } from '../../../contract/email';
import type { AlertmanagerFile, EmailConfig, ReceiverConfig } from '../../model';
import { EMAIL_DEFAULTS } from '../../templates';
import type { NamedSecret } from '../secret-names';

/** One entry of `email_configs`, translated. */
export interface TranslatedEmail {
  /** The entry in `alertmanager.yml`, for logs. */
  readonly entry: string;
  readonly settings: EmailSettings;
  readonly secrets: readonly NamedSecret[];
  readonly ignoredCredentials: readonly IgnoredCredential[];
  /** The templates of the entry, with Alertmanager's defaults. */
  readonly texts: EmailTexts;
}

export interface EmailTexts {
  readonly to: string;
  readonly from: string;
  /** In the order of the names in the settings. */
  readonly headers: readonly string[];
  readonly text?: string;
  readonly html?: string;
}

/**
 * Translates an entry, with what it inherits of `global`.
 *
 * @param index of the entry in `email_configs`.
 * @param isThroughSes whether mails do not go through the server of the configuration.
 */
export function translateEmail(
  file: AlertmanagerFile, receiver: ReceiverConfig, config: EmailConfig, index: number, isThroughSes: boolean,
): TranslatedEmail {
  const smtp = isThroughSes ? undefined : translateSmtp(config, file.global ?? {}, `${receiver.name}/email/${index}`);
  const headers = Object.entries({ Subject: EMAIL_DEFAULTS.subject, ...config.headers });
  const text = config.text || undefined;
  // An empty text means that there is no such part, and Alertmanager has a default for one of them.
  const html = (config.html ?? EMAIL_DEFAULTS.html) || undefined;
  return {
    entry: `receivers.${receiver.name}.email_configs[${index}]`,
    settings: {
      ...(smtp && { server: smtp.server }),
      headers: headers.map(([name]) => name),
      ...(config.threading && { threadBy: config.threading.thread_by_date }),
      parts: [...(text === undefined ? [] : ['text' as const]), ...(html === undefined ? [] : ['html' as const])],
    },
    secrets: smtp?.secrets ?? [],
    ignoredCredentials: smtp?.ignoredCredentials ?? [],
    texts: { to: config.to ?? '', from: fromOf(config, file), headers: headers.map(([, value]) => value), text, html },
  };
}

function fromOf(config: EmailConfig, { global }: AlertmanagerFile): string {
  return config.from || global?.smtp_from || '';
}

/** The texts of an entry that have actions. */
export function emailTemplates({ to, from, headers, text, html }: EmailTexts): string[] {
  return [to, from, ...headers, text, html].filter((each): each is string => each !== undefined && each.includes('{{'));
}
