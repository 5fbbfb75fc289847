import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const REPOSITORY = resolve(__dirname, '..', '..');

/** What the jsii kernel does with an error of a method: a new one, whose message is the text of the first. */
const PROGRAM = `
  class RuntimeError extends Error {}
  const { FindingsError } = require('./src/findings/findings-error');
  const kernelErrorOf = (error) => { const { message, stack } = new RuntimeError(error); return { message, stack }; };
  const finding = { code: 'config-unknown-field', severity: 'error', message: 'the finding' };
  const { message, stack } = new FindingsError([finding, finding], 'Stack/Alerting');
  const ours = kernelErrorOf(new FindingsError([finding, finding], 'Stack/Alerting'));
  console.log(JSON.stringify({ ofConstructor: { message, stack }, ours, other: kernelErrorOf(new TypeError('of something else')) }));
`;

interface KernelError {
  readonly message: string;
  readonly stack: string;
}

test('a host language gets the findings in the message alone, and the stack of any other error', () => {
  const { ofConstructor, ours, other } = errorsWith({ JSII_AGENT: 'Python/3.11.2' });

  expect(ofConstructor.message).toMatch(/^Stack\/Alerting: 2 errors in the alerting configuration\n/);
  expect(ofConstructor.stack).toBe('');

  expect(ours.message).toMatch(/^AmpPagerDutyError: Stack\/Alerting: 2 errors in the alerting configuration\n/);
  expect(ours.message).toContain('the finding');
  expect(ours.stack).toBe('');
  expect(other.stack).toMatch(/^Error: TypeError: of something else\n {4}at kernelErrorOf \(/);
});

test('in Node.js, stacks stay as they are', () => {
  const { ofConstructor, ours, other } = errorsWith({});

  expect(ofConstructor.stack).toMatch(/^AmpPagerDutyError: Stack\/Alerting: 2 errors|^Error: Stack\/Alerting: 2 errors/);
  expect(ours.stack).toMatch(/^Error: AmpPagerDutyError: Stack\/Alerting: 2 errors/);
  expect(other.stack).toMatch(/^Error: TypeError: of something else\n {4}at /);
});

function errorsWith(environment: Record<string, string>): { ofConstructor: KernelError; ours: KernelError; other: KernelError } {
  // Without what Jest itself sets.
  const { PATH, HOME } = process.env;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['-r', './tools/typescript.cjs', '-e', PROGRAM], {
    cwd: REPOSITORY, encoding: 'utf8', env: { PATH, HOME, ...environment },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout) as ReturnType<typeof errorsWith>;
}
