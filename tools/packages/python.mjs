// The wheel, in a virtual environment.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { artifact, EXAMPLES_IN_ALL_LANGUAGES, ONE_OUTPUT, outputOf, PACKAGE } from './scratch.mjs';
import { run } from './run.mjs';

/** One process for all apps, because importing aws_cdk takes most of the time. Their stacks have different names. */
const RUN_APPS = 'import runpy, sys\nfor app in sys.argv[1:]: runpy.run_path(f"python/{app}/app.py", run_name="__main__")\n';

export async function pythonWheel(scratch, report) {
  await run(['python3', '-m', 'venv', path.join(scratch, 'venv')]);
  await run([program(scratch, 'pip'), 'install', '--quiet', '--disable-pip-version-check', ...requirements(scratch), artifact('python', /\.whl$/)], { attempts: 3 });
  report('pip installed the wheel');
  await run([program(scratch, 'python'), '-c', RUN_APPS, ...EXAMPLES_IN_ALL_LANGUAGES], {
    cwd: path.join(scratch, 'examples'), env: environment(scratch, outputOf(scratch, 'python', ONE_OUTPUT)),
  });
  report(`${EXAMPLES_IN_ALL_LANGUAGES.length} examples synthesized`);
}

export async function wrongApp(scratch) {
  const { stdout, stderr } = await run([program(scratch, 'python'), 'app.py'], {
    cwd: path.join(scratch, 'wrong'), env: environment(scratch, path.join(scratch, 'wrong.out')), expectFailure: true,
  });
  return stdout + stderr;
}

/** What the command that the wheel installs prints about a file. */
export async function commandOutput(scratch, file) {
  return (await run([program(scratch, PACKAGE.name), 'check', file], { env: environment(scratch, path.join(scratch, 'command.out')) })).stdout;
}

function program(scratch, name) {
  return path.join(scratch, 'venv', 'bin', name);
}

/** What the example asks for, without this package: the wheel stands for it. */
function requirements(scratch) {
  const lines = readFileSync(path.join(scratch, 'examples', 'python', 'requirements.txt'), 'utf8').split('\n').filter((line) => line !== '');
  return lines.filter((line) => !line.startsWith(PACKAGE.name));
}

function environment(scratch, output) {
  return { CDK_OUTDIR: output, VIRTUAL_ENV: path.join(scratch, 'venv'), PATH: `${path.join(scratch, 'venv', 'bin')}${path.delimiter}${process.env.PATH}` };
}
