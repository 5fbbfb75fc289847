import { spawn, spawnSync, type ChildProcess } from 'child_process';
import { once } from 'events';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { freePort, LOOPBACK, readBody, serve, type LoopbackServer } from '../../sandbox/net/loopback';
import { formatRemoteWrite } from '../../src/metrics/prometheus';
import { pythonWithBotocore } from '../support/python';

const ACCESS_KEY = 'AKIDEXAMPLE';
const SECRET_KEY = 'not-a-secret';
const CREDENTIALS = { AWS_ACCESS_KEY_ID: ACCESS_KEY, AWS_SECRET_ACCESS_KEY: SECRET_KEY, AWS_EC2_METADATA_DISABLED: 'true' };

interface Received {
  readonly valid: boolean;
  readonly region: string;
  readonly service: string;
  readonly key: string;
  readonly series: ReadonlyArray<{ readonly labels: Readonly<Record<string, string>>; readonly samples: number }>;
  readonly path?: string;
}

/** botocore, asked about one request after the other. */
class Receiver {
  private readonly child: ChildProcess;
  private readonly waiting: Array<(received: Received) => void> = [];
  private buffer = '';

  constructor() {
    this.child = spawn(pythonWithBotocore(), [join(__dirname, 'receive_remote_write.py'), ACCESS_KEY, SECRET_KEY], { stdio: ['pipe', 'pipe', 'inherit'] });
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

beforeAll(async () => {
  receiver = new Receiver();
  directory = mkdtempSync(join(tmpdir(), 'prometheus-'));
  server = await serve(async (request, response) => {
    const body = (await readBody(request)).toString('hex');
    const url = `http://${request.headers.host}${request.url}`;
    const received = await receiver.check({ method: request.method ?? '', url, headers: request.headers, body });
    response.writeHead(received.valid ? 200 : 403).end();
    if (received.series.length > 0) notify({ ...received, path: request.url });
  });
});
afterAll(async () => {
  await receiver.stop();
  await server.close();
  rmSync(directory, { recursive: true });
});

test('a real Prometheus sends its samples, signed by its own code, with what the construct returns', async () => {
  const file = join(directory, 'prometheus.yml');
  const port = await freePort();
  const write = (url: string) => writeFileSync(file, `global: { scrape_interval: 1s }
scrape_configs:
  - job_name: self
    static_configs: [{ targets: ['${LOOPBACK}:${port}'] }]
${formatRemoteWrite({ region: 'eu-west-1', remoteWriteUrl: `${url}/workspaces/ws-1/api/v1/remote_write`, workspaceUrl: '' }, {})}`);

  write(server.url);
  const binary = join(directory, 'sigv4');
  const { status, stderr } = spawnSync('go', ['build', '-o', binary, '.'], { cwd: join(__dirname, '..', '..', 'tools', 'sigv4'), encoding: 'utf8' });
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  const signer = spawn(binary, [file, server.url], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...CREDENTIALS } });
  const [line] = (await once(signer.stdout, 'data')) as [Buffer];
  write(line.toString('utf8').trim());

  const first = new Promise<Received>((resolve) => { notify = resolve; });
  const prometheus = spawn('prometheus', [
    `--config.file=${file}`, `--storage.tsdb.path=${join(directory, 'data')}`, `--web.listen-address=${LOOPBACK}:${port}`, '--log.level=error',
  ], { stdio: ['ignore', 'ignore', 'inherit'], env: { PATH: process.env.PATH, ...CREDENTIALS } });
  const ended = Promise.all([once(prometheus, 'exit'), once(signer, 'exit')]);
  try {
    const { series, ...verdict } = await first;
    expect(verdict).toEqual({ valid: true, region: 'eu-west-1', service: 'aps', key: ACCESS_KEY, path: '/workspaces/ws-1/api/v1/remote_write' });
    expect(series.every(({ labels, samples }) => typeof labels.__name__ === 'string' && samples > 0)).toBe(true);
    expect(series[0].labels).toMatchObject({ job: 'self', instance: `${LOOPBACK}:${port}` });
  } finally {
    prometheus.kill();
    signer.kill();
    await ended;
  }
}, 300_000);

test('a signature that is not the one of the request is refused', async () => {
  const headers = {
    'host': 'localhost',
    'x-amz-date': '20260101T000000Z',
    'authorization': `AWS4-HMAC-SHA256 Credential=${ACCESS_KEY}/20260101/eu-west-1/aps/aws4_request, SignedHeaders=host;x-amz-date, Signature=00`,
  };
  expect(await receiver.check({ method: 'POST', url: 'http://localhost/', headers, body: '' })).toMatchObject({ valid: false, service: 'aps' });
});
