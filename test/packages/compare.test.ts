import { spawnSync } from 'child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';

/** What `npm run test:packages` compares with. It is a program of its own, so it is called as one. */
const COMPARE = resolve(__dirname, '..', '..', 'tools', 'packages', 'compare.mjs');

const HEADLINE = 'Stack/Alerting: 2 errors in the alerting configuration';
const FINDINGS = [
  'a.yml:1:1 error: the first (route) [first]',
  '    do this',
  '    https://example.com/blob/main/docs/findings.md#first',
  'a.yml:2:1 error: the second (route) [second]',
  '    do this',
  '    https://example.com/blob/main/docs/findings.md#second',
];

describe('findings', () => {
  test.each([
    ['of Node.js', ['/app.js:1', '', `AmpPagerDutyError: ${HEADLINE}`, ...FINDINGS, '    at readProps (/app/node_modules/cdk-amp-pagerduty/lib/library.js:1:1)']],
    ['of Python', ['Traceback (most recent call last):', '  File "app.py", line 9', `RuntimeError: ${HEADLINE}`, ...FINDINGS]],
  ])('%s are accepted', (_of, lines) => {
    expect(errorOfFindings(lines)).toBe('');
  });

  test.each([
    ['that appear twice', [HEADLINE, ...FINDINGS, 'The above exception was the cause', HEADLINE, ...FINDINGS], /other findings|more than once/],
    ['with a message that is repeated below', [HEADLINE, ...FINDINGS, FINDINGS[0]], /more than once/],
    ['with the stack of the kernel', [HEADLINE, ...FINDINGS, '    at Kernel._Kernel_create (/tmp/x/lib/program.js:1:63996)'], /stack of the jsii kernel/],
    ['of which one is missing', [HEADLINE, ...FINDINGS.slice(0, 3)], /other findings/],
    ['with another text', [HEADLINE, ...FINDINGS.map((line) => line.replace('second', 'third'))], /other findings/],
    ['that are not there', ['Segmentation fault'], /no findings/],
  ])('%s are refused', (_which, lines, reason) => {
    expect(errorOfFindings(lines)).toMatch(reason);
  });
});

describe('assemblies', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'compare-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const FILES = { 'A.template.json': '{\n "a": 1\n}', 'A.assets.json': '{"version":"53"}', 'tree.json': 'left' };

  test.each<[string, Record<string, string>, string, RegExp]>([
    ['the same', { ...FILES, 'tree.json': 'right' }, '{}', /^$/],
    ['another value', { ...FILES, 'A.template.json': '{\n "a": 2\n}' }, '{}', /line 2\n {2}expected {2}"a": 1\n {2}actual {4}"a": 2/],
    ['another asset', { ...FILES, 'A.assets.json': '{"version":"54"}' }, '{}', /A\.assets\.json differs/],
    ['another asset, of another aws-cdk-lib', { ...FILES, 'A.assets.json': '{"version":"54"}' }, '{ templatesOnly: true }', /^$/],
    ['no template', { 'tree.json': '' }, '{}', /no templates instead of/],
    ['one more', { ...FILES, 'B.template.json': '' }, '{}', /instead of/],
    ['one more, in a folder of several apps', { ...FILES, 'B.template.json': '' }, '{ amongOthers: true }', /^$/],
  ])('with %s are told apart', (_with, files, options, expected) => {
    const [left, right] = [write('left', FILES), write('right', files)];

    expect(errorOf(`requireSameAssembly(${JSON.stringify(left)}, ${JSON.stringify(right)}, ${options})`)).toMatch(expected);
  });

  function write(name: string, files: Record<string, string>): string {
    const directory = join(folder, name);
    mkdirSync(directory);
    Object.entries(files).forEach(([file, text]) => writeFileSync(join(directory, file), text));
    return directory;
  }
});

function errorOfFindings(lines: readonly string[]): string {
  return errorOf(`requireFindingsOnce(${JSON.stringify(FINDINGS)}, ${JSON.stringify(lines.join('\n'))}, 'the language')`);
}

/** The message of the error that a call throws, or nothing. */
function errorOf(call: string): string {
  const program = `
    import { requireFindingsOnce, requireSameAssembly } from ${JSON.stringify(COMPARE)};
    try { ${call}; } catch (error) { process.stdout.write(error.message); }
  `;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8', env: { PATH: process.env.PATH } });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}
