import * as fs from 'fs';
import * as https from 'https';
import type { AddressInfo } from 'net';
import * as path from 'path';
import { LOOPBACK, readBody, sendJson, type Handler } from '../../sandbox/net/loopback';
import { selfSignedCertificate, type Certificate } from '../../test/lambda/certificate';

/** The authorities of the distribution, which the article's function loads for its first request, as on AWS. */
const SYSTEM_AUTHORITIES = '/etc/ssl/certs/ca-certificates.crt';

/** Everything that the functions call, answered at once: what is measured is the function. */
export interface Services {
  /** Each is a server of its own, because on AWS each is another host: a function pays for every connection. */
  readonly urls: Readonly<Record<'sqs' | 'secrets' | 'tables' | 'pagerDuty', string>>;
  /** The certificate of the servers, as a file. */
  readonly certificateFile: string;
  /** The same certificate after all authorities of the distribution, as a file. */
  readonly authoritiesFile: string;
  /** What the receive function has queued last. */
  lastQueued(): string;
  close(): Promise<void>;
}

/** Starts the services. As on AWS, they speak HTTPS only. */
export async function startServices(routingKey: string, directory: string): Promise<Services> {
  const certificate = selfSignedCertificate();
  const certificateFile = path.join(directory, 'certificate.pem');
  const authoritiesFile = path.join(directory, 'authorities.pem');
  fs.writeFileSync(certificateFile, certificate.cert);
  fs.writeFileSync(authoritiesFile, `${fs.readFileSync(SYSTEM_AUTHORITIES, 'utf8')}\n${certificate.cert}`);

  let lastQueued = '';
  const answers: Record<keyof Services['urls'], (body: string) => readonly [status: number, body: unknown]> = {
    sqs: (body) => {
      lastQueued = body;
      return [200, { MessageId: 'message', Successful: [], Failed: [] }];
    },
    secrets: () => [200, { SecretString: routingKey, CreatedDate: 1_700_000_000 }],
    tables: () => [200, { Responses: {}, UnprocessedKeys: {} }],
    pagerDuty: () => [202, { status: 'success', message: 'Event processed', dedup_key: 'd' }],
  };
  const servers: https.Server[] = [];
  const urls: Record<string, string> = {};
  for (const [name, answer] of Object.entries(answers)) {
    const server = await serve(certificate, async (request, response) => {
      const [status, body] = answer((await readBody(request)).toString('utf8'));
      sendJson(response, status, body);
    });
    servers.push(server);
    urls[name] = `https://${LOOPBACK}:${(server.address() as AddressInfo).port}`;
  }
  return {
    urls: urls as Services['urls'],
    certificateFile,
    authoritiesFile,
    lastQueued: () => lastQueued,
    close: async () => {
      await Promise.all(servers.map((server) => new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      })));
    },
  };
}

async function serve({ key, cert }: Certificate, handler: Handler): Promise<https.Server> {
  const server = https.createServer({ key, cert }, (request, response) => {
    handler(request, response).catch((error: Error) => response.writeHead(500).end(error.message));
  });
  // A server that closes idle connections early makes clients fail for no reason.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, LOOPBACK, resolve);
  });
  return server;
}
