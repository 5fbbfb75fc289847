import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { nodeForFunctions } from '../../sandbox/lambda/node-binary';

/** Loads the handler as Lambda does, and calls it with whatever is sent. */
const RUNTIME = `
  const { handler } = require(process.argv[1]);
  process.on('message', async (event) => {
    const answer = await handler(event, { getRemainingTimeInMillis: () => 180_000 }).then((result) => ({ result }), ({ message }) => ({ failed: message }));
    // Lambda, too, asks for the next event in a later turn: what was logged is written by then.
    setImmediate(() => process.send(answer));
  });
`;

export type Environment = Readonly<Record<string, string>>;

/** A bundle of `assets/` in a process of its own, with an environment of its own. */
export class FunctionProcess {
  /** Everything that it printed. */
  output = '';
  private readonly child: ChildProcess;

  /** @param preload code that runs before the bundle is loaded. */
  constructor(bundle: 'receive' | 'deliver' | 'notify' | 'definition', environment: Environment, preload = '') {
    const file = path.resolve(__dirname, '../../assets/lambda', bundle, 'index/index.js');
    this.child = spawn(nodeForFunctions().path, ['-e', `${preload}\n${RUNTIME}`, file], {
      env: { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', ...environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) stream?.on('data', (chunk: Buffer) => { this.output += chunk.toString('utf8'); });
  }

  async invoke(event: unknown): Promise<unknown> {
    const over = new AbortController();
    const { signal } = over;
    const exited = once(this.child, 'exit', { signal }).then(([code]) => { throw new Error(`the function ended with ${String(code)}: ${this.output}`); });
    exited.catch(() => undefined);
    this.child.send(event as object);
    const [answer] = (await Promise.race([once(this.child, 'message', { signal }), exited])) as [{ result?: unknown; failed?: string }];
    over.abort();
    if (answer.failed !== undefined) throw new Error(answer.failed);
    return answer.result;
  }

  /** The exit code, of a function that cannot start. */
  async end(): Promise<number> {
    const [code] = (await once(this.child, 'close')) as [number];
    return code;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.kill();
    await exited;
  }
}
