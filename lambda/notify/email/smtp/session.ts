import net, { type LookupFunction } from 'node:net';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { TlsVersion } from '../../../../src/contract/email';

/** A server with everything that the secret holds. */
export interface SmtpEndpoint {
  readonly host: string;
  readonly port: number;
  readonly hello: string;
  readonly encryption: 'none' | 'starttls' | 'implicit';
  readonly tls: {
    readonly serverName?: string;
    readonly insecureSkipVerify?: boolean;
    readonly minVersion?: TlsVersion;
    readonly maxVersion?: TlsVersion;
    readonly ca?: string;
    readonly cert?: string;
    readonly key?: string;
  };
  readonly lookup: LookupFunction;
  /** For the whole session. */
  readonly timeoutMs: number;
}

export interface SmtpReply {
  readonly status: number;
  readonly text: string;
}

/** A session behind its greeting and, if the server is to encrypt, its encryption. */
export interface SmtpSession {
  /** What the server has announced, a line each, such as `AUTH PLAIN LOGIN`. */
  readonly extensions: readonly string[];
  readonly isEncrypted: boolean;
  command(text: string): Promise<SmtpReply>;
}

/** The name under which nodemailer hands its session over. */
const METHOD = 'SESSION';

type SendCommand = SMTPConnection.CustomAuthenticationContext['sendCommand'];

/**
 * Opens a session, and ends it whatever happens in it. nodemailer encrypts, introduces the client, and reads replies. What follows is
 * not left to it: it would send a mail to a part of its recipients, and it has its own order of mechanisms.
 *
 * @throws Error when the session cannot be opened, when it breaks, or when its time is over.
 */
export async function withSession<Result>(endpoint: SmtpEndpoint, use: (session: SmtpSession) => Promise<Result>): Promise<Result> {
  const { host, port, lookup, timeoutMs } = endpoint;
  const socket = net.connect({ host, port, lookup });
  let connection: SMTPConnection | undefined;
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Result>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`the server did not finish within ${timeoutMs / 1000} seconds`)), timeoutMs);
      // Stays: an error of a socket that nobody uses any more must not end the function.
      socket.on('error', reject);
      socket.once('connect', () => {
        const opened = new SMTPConnection(optionsFor(endpoint, socket));
        connection = opened;
        opened.on('error', reject);
        opened.on('end', () => reject(new Error(`the server closed the connection${lastWords(opened)}`)));
        startSession(opened, async (session) => use(session).then(resolve, reject), reject);
      });
    });
  } finally {
    clearTimeout(timer);
    endSession(connection, socket);
  }
}

/** A server that ends a session on its own says why with 421. */
function lastWords({ lastServerResponse }: SMTPConnection): string {
  return typeof lastServerResponse === 'string' && lastServerResponse.startsWith('4') ? `: ${lastServerResponse}` : '';
}

function startSession(connection: SMTPConnection, use: (session: SmtpSession) => Promise<void>, reject: (error: Error) => void): void {
  connection.connect((error) => {
    if (error) {
      reject(error);
      return;
    }
    const extensions = String(connection.lastServerResponse).split(/\r?\n/).slice(1).map((line) => line.slice('250-'.length).trim());
    const withCommands = async (send: SendCommand): Promise<void> => use({
      extensions,
      isEncrypted: connection.secure,
      command: async (text) => {
        const { response } = await send(text);
        // nodemailer does not read the status of an answer with several lines.
        return { status: Number(/^\d{3}/.exec(response)?.[0] ?? 0), text: response };
      },
    });
    connection.login({ method: METHOD, withCommands }, (problem) => { if (problem) reject(problem); });
  });
}

/** Nobody waits for the answer to QUIT. */
function endSession(connection: SMTPConnection | undefined, socket: net.Socket): void {
  if (connection === undefined || connection.destroyed) {
    socket.destroy();
    return;
  }
  connection.quit();
  setTimeout(() => {
    connection.close();
    socket.destroy();
  }, QUIT_MS).unref();
}

/** The longest time that the server can take to answer QUIT. */
const QUIT_MS = 500;

function optionsFor({ host, port, hello, encryption, tls, timeoutMs }: SmtpEndpoint, connection: net.Socket): SMTPConnection.Options {
  return {
    host,
    port,
    connection,
    name: hello,
    secure: encryption === 'implicit',
    requireTLS: encryption === 'starttls',
    // Alertmanager never encrypts without `require_tls`, not even if the server offers it.
    ignoreTLS: encryption === 'none',
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    logger: false,
    tls: {
      rejectUnauthorized: tls.insecureSkipVerify !== true,
      minVersion: tls.minVersion ?? 'TLSv1.2',
      ...(tls.maxVersion !== undefined && { maxVersion: tls.maxVersion }),
      ...(tls.serverName !== undefined && { servername: tls.serverName }),
      ...(tls.ca !== undefined && { ca: tls.ca }),
      ...(tls.cert !== undefined && { cert: tls.cert }),
      ...(tls.key !== undefined && { key: tls.key }),
    },
    customAuth: { [METHOD]: async ({ auth, sendCommand }) => (auth.withCommands as (send: SendCommand) => Promise<void>)(sendCommand) },
  };
}
