import type { Setting } from './setting';

/** The SMTP server that mails are handed over to, with what a connection to it needs. */
export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** The name that the client introduces itself by. */
  readonly hello: string;
  /** `starttls` refuses a server that does not encrypt; `none` never encrypts, not even if the server offers it. */
  readonly encryption: 'none' | 'starttls' | 'implicit';
  readonly tls?: TlsSettings;
  /** Without it, mails are sent without authentication. */
  readonly auth?: SmtpAuth;
}

export interface TlsSettings {
  /** The name in the certificate, if it is not that of the host. */
  readonly serverName?: string;
  readonly insecureSkipVerify?: boolean;
  readonly minVersion?: TlsVersion;
  readonly maxVersion?: TlsVersion;
  /** Certificates and key as PEM. */
  readonly ca?: Setting;
  readonly cert?: Setting;
  readonly key?: Setting;
}

export type TlsVersion = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';

/** The server's first mechanism that has what it needs is used: CRAM-MD5 needs the secret, PLAIN and LOGIN need the password. */
export interface SmtpAuth {
  readonly username: string;
  readonly identity?: string;
  readonly password?: Setting;
  readonly secret?: Setting;
}

/** Whether the mails of a group are replies to one mail that does not exist, for each day or for all time. */
export type ThreadPeriod = 'daily' | 'none';

/** The settings of one entry of `email_configs`, fixed at synthesis. */
export interface EmailSettings {
  /** Absent where mails are sent through Amazon SES. */
  readonly server?: SmtpServer;
  /** The names of the headers that have a section. */
  readonly headers: readonly string[];
  readonly threadBy?: ThreadPeriod;
  readonly parts: ReadonlyArray<'text' | 'html'>;
}

/** A mail as the receive function hands it over: rendered, but not yet encoded. */
export interface EmailRequest {
  readonly server?: SmtpServer;
  readonly from: string;
  /** A list of addresses: all of them receive the mail, or none. */
  readonly to: string;
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>;
  readonly threading?: { readonly id: string; readonly byDate: ThreadPeriod };
  readonly text?: string;
  /** In the form of `html-text.ts`. */
  readonly html?: string;
  /** Whether the end of the message is missing. */
  readonly isTruncated?: boolean;
}
