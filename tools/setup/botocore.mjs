// Step of the check: botocore, the independent implementation that signatures and the emulation of AMP are checked with.
import path from 'node:path';
import { createVirtualEnvironment } from './python-packages.mjs';
import { run, say, succeeds } from './shell.mjs';

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
  say(`pip install botocore==${VERSION}`);
  createVirtualEnvironment(venv);
  run(path.join(venv, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `botocore==${VERSION}`]);
}
