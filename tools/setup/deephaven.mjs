// Not part of any check, because of its size: Deephaven, which examples/deephaven writes to. The tests and the sandbox use it if it is there.
import path from 'node:path';
import { pythonPackages } from './python-packages.mjs';
import { findProgram, NotReadyError } from './shell.mjs';

const REQUIREMENTS = path.join('examples', 'deephaven', 'receiver', 'requirements.txt');

export function deephaven() {
  if (findProgram('java') === undefined) {
    throw new NotReadyError('not on the PATH: java; install Java 17 or later, then run this again');
  }
  pythonPackages('deephaven', { modules: ['pydeephaven', 'deephaven_server'], pip: ['-r', REQUIREMENTS] });
}
