import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { createAwsClient } from '../../lambda/shared/aws/aws-client';
import { DYNAMODB } from '../../lambda/shared/aws/services';
import { WatermarkAttribute } from '../../src/contract/watermark-table';

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

export interface DynamoDb extends Emulator {
  /** An empty watermark table. */
  readonly tableName: string;
  /** An empty watermark table more. */
  createTable(): Promise<string>;
}

/** DynamoDB on this machine: dynalite, in memory. */
export async function startDynamoDb(): Promise<DynamoDb> {
  const dynalite = createRequire(__filename)('dynalite') as (options: { createTableMs: number }) => http.Server;
  const server = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = createAwsClient(DYNAMODB, {
    environment: { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_ENDPOINT_URL_DYNAMODB: url },
    maxAttempts: 3,
    attemptTimeoutMs: 5000,
  });
  let tables = 0;
  const createTable = async (): Promise<string> => {
    const name = `watermarks-${++tables}`;
    await client.call('CreateTable', {
      TableName: name,
      KeySchema: [{ AttributeName: WatermarkAttribute.ID, KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: WatermarkAttribute.ID, AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    });
    return name;
  };
  return {
    url,
    tableName: await createTable(),
    createTable,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Secrets Manager on this machine, as far as it is read: one secret with its versions, or the answer that there is none. */
export class SecretsServer {
  static async start(): Promise<SecretsServer> {
    const server = new SecretsServer();
    await new Promise<void>((resolve) => server.http.listen(0, '127.0.0.1', resolve));
    return server;
  }

  secret: string | undefined;
  previous: string | undefined;
  private readonly http = http.createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => { text += chunk; }).on('end', () => {
      const { VersionStage: stage } = JSON.parse(text) as { VersionStage?: string };
      const value = stage === 'AWSPREVIOUS' ? this.previous : this.secret;
      const [status, body] = value === undefined
        ? [400, { __type: 'ResourceNotFoundException', message: 'no value' }]
        : [200, { ARN: 'arn', Name: 'name', SecretString: value, CreatedDate: Date.now() / 1000 }];
      response.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
    });
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
