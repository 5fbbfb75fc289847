// Not part of any check, because of its size: Deephaven, which examples/deephaven writes to. The tests and the sandbox use it if it is there.
import path from 'node:path';
import { findProgram, NotReadyError, run, say, succeeds } from './shell.mjs';

const REQUIREMENTS = path.join('examples', 'deephaven', 'receiver', 'requirements.txt');

/** A virtual environment of its own: the machine's Python stays as it is. */
const VENV = path.join('node_modules', '.cache', 'deephaven');

const MODULES = 'import pydeephaven, importlib.util as u, sys; sys.exit(u.find_spec("deephaven_server") is None)';

export function deephaven() {
  for (const program of ['python3', 'java']) {
    if (findProgram(program) === undefined) {
      throw new NotReadyError(`not on the PATH: ${program}; install Python 3.10 or later and Java 17 or later, then run this again`);
    }
  }
  if ([path.join(VENV, 'bin', 'python'), 'python3'].some((python) => succeeds(python, ['-c', MODULES]))) {
    return;
  }
  say(`pip install -r ${REQUIREMENTS}`);
  run('python3', ['-m', 'venv', VENV]);
  run(path.join(VENV, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS]);
}
