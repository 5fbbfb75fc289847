import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

const REPOSITORY = path.join(__dirname, '..', '..', '..');

function setUp(args: readonly string[], env: NodeJS.ProcessEnv = process.env): { code: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(REPOSITORY, 'tools', 'setup.mjs'), ...args], { encoding: 'utf8', env, cwd: os.tmpdir() });
  return { code: status, output: `${stdout}${stderr}` };
}

test('nothing to do: nothing said', () => {
  expect(setUp(['--for', 'test'])).toEqual({ code: 0, output: '' });
});

test('help', () => {
  expect(setUp(['--help'])).toEqual({ code: 0, output: expect.stringMatching(/^usage: node tools\/setup\.mjs --for sandbox\|test/) });
});

test.each([[[]], [['--for']], [['--for', 'fun']], [['--for', 'toString']], [['--for', 'test', 'more']]])('arguments %j are not understood', (args) => {
  expect(setUp(args)).toEqual({ code: 2, output: expect.stringContaining('not understood:') });
});

test('where nothing can be installed, it says what to install', () => {
  const empty = fs.mkdtempSync(path.join(os.tmpdir(), 'path-'));
  const { code, output } = setUp(['--for', 'test'], { ...process.env, PATH: empty });
  fs.rmSync(empty, { recursive: true });
  expect(code).toBe(1);
  expect(output).toMatch(/^setup: not on the PATH: prometheus, promtool, prometheus-alertmanager or alertmanager, amtool, prometheus-node-exporter or node_exporter; /);
  expect(output).toContain('brew install prometheus alertmanager node_exporter');
});

describe('botocore', () => {
  const VENV = path.join('node_modules', '.cache', 'botocore-of-a-test');
  let directory: string;

  beforeEach(() => { directory = fs.mkdtempSync(path.join(os.tmpdir(), 'setup-')); });
  afterEach(() => fs.rmSync(directory, { recursive: true }));

  /** A Python that cannot import anything, and creates a virtual environment whose Python writes its arguments down. */
  function installWith(venvModule: string): { code: number | null; output: string } {
    const python = path.join(directory, 'python3');
    fs.writeFileSync(python, `#!/bin/sh\nif [ "$1" != -m ]; then exit 1; fi\n${venvModule}\n`, { mode: 0o755 });
    const module = path.join(REPOSITORY, 'tools', 'setup', 'botocore.mjs');
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', `
      import { botocore } from ${JSON.stringify(module)};
      try { botocore(${JSON.stringify(VENV)}, ['python3']); } catch (error) { console.log(error.message); process.exitCode = 1; }
    `], { encoding: 'utf8', cwd: directory, env: { ...process.env, PATH: `${directory}${path.delimiter}${process.env.PATH}` } });
    return { code: status, output: `${stdout}${stderr}` };
  }

  test('is installed by pip, of one version, into a virtual environment, where Python does not have it', () => {
    const { code, output } = installWith('mkdir -p "$3/bin" && printf \'#!/bin/sh\\nif [ "$1" = -c ]; then exit 1; fi\\necho "$@" >> calls\\n\' > "$3/bin/python" && chmod +x "$3/bin/python"');
    expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/^setup: pip install botocore==1\.\d+\.\d+\n$/) });
    expect(fs.readFileSync(path.join(directory, 'calls'), 'utf8')).toMatch(/^-m pip install --quiet --disable-pip-version-check botocore==1\.\d+\.\d+\n$/);
  });

  test('a Python without the module for virtual environments: its own message is the error', () => {
    expect(installWith('echo "On Debian/Ubuntu systems, you need to install the python3-venv package"; exit 1')).toEqual({
      code: 1, output: expect.stringMatching(/python3 -m venv \S+ ended with exit code 1\nOn Debian\/Ubuntu systems, you need to install the python3-venv package\n$/),
    });
  });
});

describe('the languages of the packages', () => {
  let directory: string;

  beforeEach(() => { directory = fs.mkdtempSync(path.join(os.tmpdir(), 'languages-')); });
  afterEach(() => fs.rmSync(directory, { recursive: true }));

  /** What cannot be built with only these programs on the PATH. */
  function missingWith(programs: Readonly<Record<string, string>>): Record<string, string> {
    for (const [name, script] of Object.entries(programs)) {
      fs.writeFileSync(path.join(directory, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    }
    const module = path.join(REPOSITORY, 'tools', 'setup', 'languages.mjs');
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', `
      import { languagesOfPackages } from ${JSON.stringify(module)};
      console.log(JSON.stringify(languagesOfPackages()));
    `], { encoding: 'utf8', env: { ...process.env, PATH: directory } });
    return JSON.parse(stdout);
  }

  test('that are missing are named, with what to install', () => {
    expect(missingWith({})).toEqual({
      python: expect.stringContaining('python3-venv'),
      java: 'not on the PATH: javac, mvn (Debian and Ubuntu: openjdk-17-jdk-headless, maven)',
      go: expect.stringMatching(/^not on the PATH: go .*go\.dev\/dl/),
    });
  });

  test('that are there are not', () => {
    expect(missingWith({ python3: 'exit 0', javac: 'exit 0', mvn: 'exit 0', go: 'echo go1.26.8' })).toEqual({});
  });

  test('do not include a Go that is too old, and name the program of Java that is missing', () => {
    expect(missingWith({ python3: 'exit 0', javac: 'exit 0', go: 'echo go1.19.8' })).toEqual({
      java: expect.stringMatching(/^not on the PATH: mvn /),
      go: 'go1.19.8 is older than go1.23: see https://go.dev/dl',
    });
  });
});
