// Installs Python packages into a virtual environment of their own: the machine's Python stays as it is.
import path from 'node:path';
import { findProgram, NotReadyError, run, say, succeeds } from './shell.mjs';

/**
 * Installs what pip's arguments name, unless a Python can import the modules already.
 *
 * @param name of the virtual environment in node_modules/.cache.
 */
export function pythonPackages(name, { modules, pip }) {
  const venv = path.join('node_modules', '.cache', name);
  const probe = `import importlib.util as u, sys; sys.exit(not all(map(u.find_spec, ${JSON.stringify(modules)})))`;
  if ([path.join(venv, 'bin', 'python'), 'python3'].some((python) => succeeds(python, ['-c', probe]))) {
    return;
  }
  say(`pip install ${pip.join(' ')}`);
  createVirtualEnvironment(venv);
  run(path.join(venv, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...pip]);
}

/** Creates it with its pip. A Python that cannot says itself what it lacks. */
export function createVirtualEnvironment(directory) {
  if (findProgram('python3') === undefined) {
    throw new NotReadyError('not on the PATH: python3; install Python 3.10 or later with venv (Debian and Ubuntu: python3 and python3-venv), then run this again');
  }
  run('python3', ['-m', 'venv', directory]);
}
