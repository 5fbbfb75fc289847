import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import type { DeployedFunction } from '../../../sandbox/assembly/alerting';
import { HostedFunction } from '../../../sandbox/lambda/hosted-function';
import { nodeForFunctions } from '../../../sandbox/lambda/node-binary';
import { Processes } from '../../../sandbox/processes/processes';
import { sleep } from '../../../sandbox/processes/wait';

const CODE = `
let calls = 0;
exports.handler = async (event, context) => {
  calls += 1;
  switch (event.do) {
    case 'fail': throw new TypeError('no such luck');
    case 'crash': process.exit(3);
    case 'hang': await new Promise(() => setInterval(() => {}, 1000));
    case 'reject': Promise.reject(new Error('nobody waits')); await new Promise((resolve) => setTimeout(resolve, 1000));
    case 'wait': await new Promise((resolve) => setTimeout(resolve, 300)); return 'waited';
    case 'environment': return process.env;
    case 'context': return { ...context, remaining: context.getRemainingTimeInMillis() };
    case 'nothing': return undefined;
    default: return { calls, event };
  }
};
exports.callback = (event, context, callback) => callback(null, 'old style');
exports.notAFunction = 42;
`;

let directory: string;
let processes: Processes;
const started: HostedFunction[] = [];

beforeEach(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'hosted-'));
  fs.mkdirSync(path.join(directory, 'code'));
  fs.writeFileSync(path.join(directory, 'code', 'index.js'), CODE);
  fs.writeFileSync(path.join(directory, 'code', 'broken.js'), 'throw new RangeError("not today");');
  processes = new Processes(directory);
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((target) => target.close()));
  await processes.close();
  fs.rmSync(directory, { recursive: true, force: true });
});

function hosted(changes: Partial<DeployedFunction> = {}): HostedFunction {
  const target = new HostedFunction({
    logicalId: 'Function',
    name: 'my-function',
    arn: 'arn:aws:lambda:eu-west-1:000000000000:function:my-function',
    region: 'eu-west-1',
    runtime: 'nodejs24.x',
    handler: 'index.handler',
    code: path.join(directory, 'code'),
    environment: { OWN: 'value' },
    timeout: 2,
    memory: 128,
    asyncInvocation: { retries: 2 },
    ...changes,
  }, { processes, node: nodeForFunctions().path, variables: { ADDED: 'too' } });
  started.push(target);
  return target;
}

test('an environment stays warm, and takes what is invoked one after the other', async () => {
  const target = hosted();
  expect(await target.invoke({ a: 'ü' })).toEqual({ kind: 'result', payload: { calls: 1, event: { a: 'ü' } } });
  expect(await target.invoke({})).toMatchObject({ payload: { calls: 2 } });
  expect(await target.invoke({ do: 'nothing' })).toEqual({ kind: 'result', payload: null });
  expect(target.counts).toEqual({ invocations: 3, errors: 0, coldStarts: 1 });
});

test('what is invoked at the same time gets environments of its own', async () => {
  const target = hosted();
  await Promise.all([target.invoke({ do: 'wait' }), target.invoke({ do: 'wait' })]);
  expect(target.counts.coldStarts).toBe(2);
  expect(target.pids).toHaveLength(2);
});

test('an error is reported, and the environment stays', async () => {
  const target = hosted();
  const outcome = await target.invoke({ do: 'fail' });
  expect(outcome).toMatchObject({ kind: 'error', error: { errorType: 'TypeError', errorMessage: 'no such luck' } });
  expect(await target.invoke({})).toMatchObject({ payload: { calls: 2 } });
  expect(target.counts).toEqual({ invocations: 2, errors: 1, coldStarts: 1 });
});

test.each([
  ['crash', 'Runtime.ExitError', 'the runtime ended with exit status 3'],
  ['reject', 'Runtime.UnhandledPromiseRejection', 'nobody waits'],
  ['hang', 'Sandbox.Timedout', 'Task timed out after 2.00 seconds'],
])('a function that does %s gets a new environment', async (what, errorType, message) => {
  const target = hosted();
  expect(await target.invoke({ do: what })).toMatchObject({ kind: 'error', error: { errorType, errorMessage: expect.stringContaining(message) } });
  expect(await target.invoke({})).toMatchObject({ kind: 'result', payload: { calls: 1 } });
  expect(target.counts.coldStarts).toBe(2);
});

test('a process that is killed between two invocations is replaced', async () => {
  const target = hosted();
  await target.invoke({});
  process.kill(target.pids[0] ?? 0, 'SIGKILL');
  await sleep(200);
  expect(await target.invoke({})).toMatchObject({ kind: 'result', payload: { calls: 1 } });
});

test.each([
  ['index.missing', 'Runtime.HandlerNotFound'],
  ['index.notAFunction', 'Runtime.HandlerNotFound'],
  ['index.callback', 'Runtime.CallbackHandlerDeprecated'],
  ['index', 'Runtime.MalformedHandlerName'],
  ['broken.handler', 'RangeError'],
])('the handler %s fails at its initialisation', async (handler, errorType) => {
  expect(await hosted({ handler }).invoke({})).toMatchObject({ kind: 'error', error: { errorType } });
});

test('the environment is what AWS Lambda and the template say, and nothing of ours', async () => {
  const outcome = await hosted().invoke({ do: 'environment' });
  const environment = (outcome as { payload: Record<string, string> }).payload;
  expect(environment).toMatchObject({
    OWN: 'value', ADDED: 'too', AWS_REGION: 'eu-west-1', AWS_LAMBDA_FUNCTION_NAME: 'my-function', AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
  });
  expect(environment).not.toHaveProperty('PATH');
  expect(environment).not.toHaveProperty('HOME');
});

test('the context knows how much time is left', async () => {
  const outcome = await hosted().invoke({ do: 'context' });
  const context = (outcome as { payload: { remaining: number } }).payload;
  expect(context).toMatchObject({ functionName: 'my-function', invokedFunctionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:my-function', memoryLimitInMB: '128' });
  expect(context.remaining).toBeGreaterThan(0);
  expect(context.remaining).toBeLessThanOrEqual(2000);
});
