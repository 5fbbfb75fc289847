import { spawn, spawnSync, type ChildProcess } from 'child_process';
import { once } from 'events';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { freePort, LOOPBACK, readBody, serve, type LoopbackServer } from '../../sandbox/net/loopback';
import type { AccessOptions } from '../../src/metrics/metric-options';
import { formatRemoteWrite } from '../../src/metrics/prometheus';
import { GoProgram, MAX_BUILD_MS } from '../support/go-program';
import { pythonWithBotocore } from '../support/python';
import { assumeRoleResponse } from '../support/sts';

const ACCESS_KEY = 'AKIDEXAMPLE';
const SECRET_KEY = 'not-a-secret';
/** What AWS STS returns for the role. */
const ROLE_KEY = 'ASIAROLEEXAMPLE';
const ROLE_TOKEN = 'token-of-the-role';
const ROLE_ARN = 'arn:aws:iam::999988887777:role/writer';

interface Received {
  readonly valid: boolean;
  readonly region: string;
  readonly service: string;
  readonly key: string;
  readonly series: ReadonlyArray<{ readonly labels: Readonly<Record<string, string>>; readonly samples: number }>;
  readonly path?: string;
  readonly token?: string | string[];
}

/** botocore, asked about one request after the other. */
class Receiver {
  private readonly child: ChildProcess;
  private readonly waiting: Array<(received: Received) => void> = [];
  private buffer = '';

  constructor() {
    const keys = [ACCESS_KEY, ROLE_KEY].map((key) => `${key}=${SECRET_KEY}`);
    this.child = spawn(pythonWithBotocore(), [join(__dirname, 'receive_remote_write.py'), ...keys], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.child.stdout?.on('data', (chunk: Buffer) => {
      this.buffer += chunk.toString('utf8');
      for (let end = this.buffer.indexOf('\n'); end >= 0; end = this.buffer.indexOf('\n')) {
        this.waiting.shift()?.(JSON.parse(this.buffer.slice(0, end)) as Received);
        this.buffer = this.buffer.slice(end + 1);
      }
    });
  }

  async check(request: { method: string; url: string; headers: object; body: string }): Promise<Received> {
    const received = new Promise<Received>((resolve) => this.waiting.push(resolve));
    this.child.stdin?.write(`${JSON.stringify(request)}\n`);
    return received;
  }

  async stop(): Promise<void> {
    const exited = once(this.child, 'exit');
    this.child.stdin?.end();
    await exited;
  }
}

let receiver: Receiver;
let server: LoopbackServer;
let directory: string;
let notify: (received: Received) => void = () => undefined;
/** What AWS STS was asked for. */
let assumed: URLSearchParams | undefined;

beforeAll(async () => {
  receiver = new Receiver();
  directory = mkdtempSync(join(tmpdir(), 'prometheus-'));
  server = await serve(async (request, response) => {
    const content = await readBody(request);
    const isSts = request.url === '/';
    const received = await receiver.check({
      method: request.method ?? '', url: `http://${request.headers.host}${request.url}`, headers: request.headers, body: content.toString('hex'),
    });
    if (isSts) {
      assumed = new URLSearchParams(content.toString('utf8'));
      response.writeHead(received.valid ? 200 : 403, { 'content-type': 'text/xml' }).end(assumeRoleResponse({ key: ROLE_KEY, secret: SECRET_KEY, token: ROLE_TOKEN }));
      return;
    }
    response.writeHead(received.valid ? 200 : 403).end();
    if (received.series.length > 0) notify({ ...received, path: request.url, token: request.headers['x-amz-security-token'] });
  });
});
afterAll(async () => {
  await receiver.stop();
  await server.close();
  rmSync(directory, { recursive: true });
});

/** Starts Prometheus with what the construct returns, and waits for its first samples. */
async function firstWrite(access: AccessOptions): Promise<Received> {
  const port = await freePort();
  const file = join(directory, `prometheus-${port}.yml`);
  writeFileSync(file, `global: { scrape_interval: 1s }
scrape_configs:
  - job_name: self
    static_configs: [{ targets: ['${LOOPBACK}:${port}'] }]
${formatRemoteWrite({ region: 'eu-west-1', remoteWriteUrl: `${server.url}/workspaces/ws-1/api/v1/remote_write`, workspaceUrl: '' }, access)}`);
  const first = new Promise<Received>((resolve) => { notify = resolve; });
  const prometheus = spawn(GoProgram.PROMETHEUS.build(), [
    `--config.file=${file}`, `--storage.tsdb.path=${join(directory, `data-${port}`)}`, `--web.listen-address=${LOOPBACK}:${port}`, '--log.level=error',
  ], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      AWS_ACCESS_KEY_ID: ACCESS_KEY, AWS_SECRET_ACCESS_KEY: SECRET_KEY, AWS_EC2_METADATA_DISABLED: 'true', AWS_ENDPOINT_URL_STS: server.url,
    },
  });
  const ended = once(prometheus, 'exit').then(([code]) => { throw new Error(`Prometheus ended with exit code ${code}`); });
  try {
    return await Promise.race([first, ended]);
  } finally {
    prometheus.kill();
    await ended.catch(() => undefined);
  }
}

if (GoProgram.PROMETHEUS.obstacle() === undefined) {
  describe('a real Prometheus sends its samples with what the construct returns', () => {
    beforeAll(() => GoProgram.PROMETHEUS.build(), MAX_BUILD_MS);

    test('and signs them', async () => {
      const { series, ...verdict } = await firstWrite({});
      expect(verdict).toEqual({ valid: true, region: 'eu-west-1', service: 'aps', key: ACCESS_KEY, path: '/workspaces/ws-1/api/v1/remote_write' });
      expect(series.every(({ labels, samples }) => typeof labels.__name__ === 'string' && samples > 0)).toBe(true);
      expect(series[0].labels).toMatchObject({ job: 'self', instance: expect.stringMatching(/^127\.0\.0\.1:\d+$/) as unknown });
      expect(assumed).toBeUndefined();
    }, 120_000);

    test('with the credentials of the role, which it assumes with the external id', async () => {
      const { valid, key, token } = await firstWrite({ roleArn: ROLE_ARN, externalId: 'a"b' });
      expect({ valid, key, token }).toEqual({ valid: true, key: ROLE_KEY, token: ROLE_TOKEN });
      expect(Object.fromEntries(assumed ?? [])).toMatchObject({ Action: 'AssumeRole', RoleArn: ROLE_ARN, ExternalId: 'a"b' });
    }, 120_000);

    test('and refuses a field that it does not know, so the fields above are real', () => {
      const file = join(directory, 'unknown.yml');
      writeFileSync(file, formatRemoteWrite({ region: 'eu-west-1', remoteWriteUrl: 'http://localhost/', workspaceUrl: '' }, {}).replace('region:', 'regions_:'));
      const { status, stderr } = spawnSync(GoProgram.PROMETHEUS.build(), [`--config.file=${file}`, `--storage.tsdb.path=${directory}/unknown`], { encoding: 'utf8', timeout: 60_000 });
      expect(status).not.toBe(0);
      expect(stderr).toContain('field regions_ not found');
    }, 120_000);
  });
}

test('a signature that is not the one of the request is refused', async () => {
  const headers = {
    'host': 'localhost',
    'x-amz-date': '20260101T000000Z',
    'authorization': `AWS4-HMAC-SHA256 Credential=${ACCESS_KEY}/20260101/eu-west-1/aps/aws4_request, SignedHeaders=host;x-amz-date, Signature=00`,
  };
  expect(await receiver.check({ method: 'POST', url: 'http://localhost/', headers, body: '' })).toMatchObject({ valid: false, service: 'aps' });
});
