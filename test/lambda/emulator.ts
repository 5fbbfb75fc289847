import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * fauxqs is an ES module, which Jest cannot load: it runs in a process of its own, on the loopback address only. It is told to
 * give queues URLs with the address that was asked: by itself it takes a host name that only some resolvers know.
 */
const FAUXQS = `
  import { buildApp } from 'fauxqs';
  const home = new URL('.', import.meta.resolve('fauxqs'));
  const [{ SqsStore }, { SnsStore }, { S3Store }] = await Promise.all(['sqs/sqsStore.js', 'sns/snsStore.js', 's3/s3Store.js'].map((file) => import(new URL(file, home))));
  const sqsStore = Object.assign(new SqsStore(), { host: '' });
  const app = buildApp({ logger: false, stores: { sqsStore, snsStore: new SnsStore(), s3Store: new S3Store() } });
  console.log(await app.listen({ host: '127.0.0.1', port: 0 }));
  process.stdin.on('end', () => process.exit()).resume();
`;

export interface Emulator {
  readonly url: string;
  stop(): Promise<void>;
}

/** SQS on this machine. It ends with the test: its standard input is ours. */
export async function startSqs(): Promise<Emulator> {
  const child: ChildProcess = spawn(process.execPath, ['--input-type=module', '-e', FAUXQS], { stdio: ['pipe', 'pipe', 'inherit'] });
  if (child.stdout === null) throw new Error('no output to read the address from');
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    url: line.toString('utf8').trim(),
    stop: async () => {
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
}

/** Secrets Manager on this machine, as far as it is read: one secret, or the answer that there is none. */
export class SecretsServer {
  static async start(): Promise<SecretsServer> {
    const server = new SecretsServer();
    await new Promise<void>((resolve) => server.http.listen(0, '127.0.0.1', resolve));
    return server;
  }

  secret: string | undefined;
  private readonly http = http.createServer((request, response) => {
    request.resume();
    const [status, body] = this.secret === undefined
      ? [400, { __type: 'ResourceNotFoundException', message: 'no value' }]
      : [200, { ARN: 'arn', Name: 'name', SecretString: this.secret }];
    response.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
  });

  private constructor() {}

  get url(): string {
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.http.closeAllConnections();
    await new Promise((resolve) => this.http.close(resolve));
  }
}
