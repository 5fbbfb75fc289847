// Step 4 of the check: botocore, the independent implementation that signatures and the emulation of AMP are checked with.
import path from 'node:path';
import { findProgram, NotReadyError, run, say, succeeds } from './shell.mjs';

const VERSION = '1.44.8';

/** A virtual environment of its own: the machine's Python stays as it is. */
const VENV = path.join('node_modules', '.cache', 'botocore');

export function botocore() {
  if (pythonWithBotocore() !== undefined) {
    return;
  }
  if (findProgram('python3') === undefined) {
    throw new NotReadyError('not on the PATH: python3; install Python 3 with the package botocore (Debian and Ubuntu: python3-botocore), then run this again');
  }
  say(`pip install botocore==${VERSION}`);
  run('python3', ['-m', 'venv', VENV]);
  run(path.join(VENV, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', `botocore==${VERSION}`]);
}

/** A Python that can import botocore: the machine's, or the one of this step. */
export function pythonWithBotocore() {
  return [path.join(VENV, 'bin', 'python'), 'python3', '/usr/bin/python3'].find((python) => succeeds(python, ['-c', 'import botocore']));
}
