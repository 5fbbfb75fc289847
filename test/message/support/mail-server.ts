import type { AddressInfo } from 'net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail as the server took it. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly mailParameters: unknown;
  readonly isEncrypted: boolean;
  readonly user?: string;
  /** What the client introduced itself by. */
  readonly hello: string;
  readonly data: Buffer;
}

/** A mail server on a loopback port. */
export class MailServer {
  public static async start(options: SMTPServerOptions = {}): Promise<MailServer> {
    const server = new MailServer(options);
    await new Promise<void>((resolve) => server.server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  public readonly mails: ReceivedMail[] = [];
  private readonly server: SMTPServer;

  private constructor(options: SMTPServerOptions) {
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      logger: false,
      ...options,
      onData: (stream, session, callback) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const { mailFrom, rcptTo } = session.envelope;
          this.mails.push({
            from: mailFrom === false ? '' : mailFrom.address,
            to: rcptTo.map(({ address }) => address),
            mailParameters: mailFrom === false ? undefined : mailFrom.args,
            isEncrypted: session.secure,
            user: session.user,
            hello: session.hostNameAppearsAs,
            data: Buffer.concat(chunks),
          });
          callback();
        });
      },
    });
    this.server.on('error', () => undefined);
  }

  public get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  public async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(resolve));
  }
}
