// Step 4 of the check: botocore, the independent implementation that signatures and the emulation of AMP are checked with.
import path from 'node:path';
import { findProgram, NotReadyError, run, say, succeeds } from './shell.mjs';

const VERSION = '1.44.8';

/** A virtual environment of its own: the machine's Python stays as it is. */
const VENV = path.join('node_modules', '.cache', 'botocore');

/** The machine's Pythons. */
const PYTHONS = ['python3', '/usr/bin/python3'];

/** Installs botocore into the virtual environment, unless a Python can import it. */
export function botocore(venv = VENV, pythons = PYTHONS) {
  if ([path.join(venv, 'bin', 'python'), ...pythons].some((python) => succeeds(python, ['-c', 'import botocore']))) {
    return;
  }
  if (findProgram('python3') === undefined) {
    throw new NotReadyError('not on the PATH: python3; install Python 3 with the package botocore (Debian and Ubuntu: python3-botocore), then run this again');
  }
  say(`pip install botocore==${VERSION}`);
  run('python3', ['-m', 'venv', venv]);
  run(path.join(venv, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `botocore==${VERSION}`]);
}
