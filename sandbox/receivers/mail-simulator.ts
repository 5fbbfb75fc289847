import type { AddressInfo } from 'net';
import { SMTPServer } from 'smtp-server';
import { decodeHeader, parseMail } from './parse-mail';
import type { ListedCall, ReceiverSimulator, TransportEntry } from './receiver-simulator';
import { secretNames } from './transport-entries';
import { Transport } from '../../src/contract/queued-notification';
import { LOOPBACK } from '../net/loopback';

/** A mail as the server received it. */
export interface SimulatedMail {
  readonly at: number;
  readonly from: string;
  readonly to: readonly string[];
  /** What the client introduced itself by. */
  readonly hello: string;
  readonly data: Buffer;
  /** What the client proved itself by; undefined if it did not. */
  readonly credentials?: MailCredentials;
  /** With which the mail was refused; undefined if it was accepted. */
  readonly refusal?: MailRefusal;
}

export interface MailCredentials {
  readonly username: string;
  readonly password: string;
}

/** An answer other than 250 to a mail. */
export interface MailRefusal {
  readonly code: number;
  readonly text: string;
}

/** A mail server that accepts every mail, with any credentials or none, unless `faults` refuses one. Nothing leaves the machine. */
export class MailSimulator implements ReceiverSimulator<'email'> {
  public static async start(): Promise<MailSimulator> {
    const simulator = new MailSimulator();
    await new Promise<void>((resolve) => simulator.server.listen(0, LOOPBACK, resolve));
    return simulator;
  }

  public readonly transport = Transport.EMAIL;
  public readonly title = 'Emails';
  /** Every mail so far, oldest first. */
  public readonly received: SimulatedMail[] = [];
  /** Decides which mails are refused; none is without it. */
  public faults?: (mail: SimulatedMail) => MailRefusal | undefined;
  private readonly listeners: Array<() => void> = [];
  /** By the id of the session. */
  private readonly credentials = new Map<string, MailCredentials>();
  private readonly server: SMTPServer;

  private constructor() {
    this.server = new SMTPServer({
      authOptional: true,
      allowInsecureAuth: true,
      disabledCommands: ['STARTTLS'],
      authMethods: ['PLAIN', 'LOGIN'],
      onAuth: ({ username, password }, { id }, callback) => {
        this.credentials.set(id, { username: username ?? '', password: password ?? '' });
        callback(null, { user: username });
      },
      onClose: ({ id }) => this.credentials.delete(id),
      onData: (stream, { id, envelope: { mailFrom, rcptTo }, hostNameAppearsAs }, callback) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const credentials = this.credentials.get(id);
          const mail: SimulatedMail = {
            at: Date.now(),
            from: mailFrom === false ? '' : mailFrom.address,
            to: rcptTo.map(({ address }) => address),
            hello: hostNameAppearsAs,
            data: Buffer.concat(chunks),
            ...(credentials && { credentials }),
          };
          const refusal = this.faults?.(mail);
          this.received.push({ ...mail, ...(refusal && { refusal }) });
          callback(refusal && Object.assign(new Error(refusal.text), { responseCode: refusal.code }));
          this.listeners.forEach((listener) => listener());
        });
      },
    });
    // A client that closes its connection early is nothing to report.
    this.server.on('error', () => undefined);
  }

  public get calls(): ListedCall[] {
    return this.received.map(listedMail);
  }

  public get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  public secretsFor({ settings }: TransportEntry<'email'>): Record<string, string> {
    return Object.fromEntries(secretNames(settings).map((name) => [name, `placeholder of ${name}`]));
  }

  public onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  public async close(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(resolve));
  }
}

function listedMail({ at, from, to, data, refusal }: SimulatedMail, index: number): ListedCall {
  const { headers, parts } = parseMail(data);
  const header = (name: string): string => decodeHeader(headers.find(([each]) => each === name)?.[1] ?? '');
  const part = (type: string): string | undefined => parts.find((each) => each.headers.includes(`Content-Type: ${type}; charset=UTF-8`))?.decoded;
  const [text, html] = [part('text/plain'), part('text/html')];
  const subject = header('Subject');
  return {
    number: index + 1,
    at,
    target: to.join(', '),
    ...(/^\[(?:FIRING|RESOLVED)/.test(subject) && { status: subject.startsWith('[FIRING') ? 'firing' : 'resolved' }),
    summary: subject,
    answer: String(refusal?.code ?? 250),
    isAccepted: refusal === undefined,
    facts: { From: header('From') || from, To: header('To') },
    ...(text !== undefined && { text }),
    ...(html !== undefined && { html }),
  };
}
