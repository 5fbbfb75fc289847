import { spawnSync } from 'child_process';
import { join } from 'path';

const CANDIDATES = [join(__dirname, '..', '..', 'node_modules', '.cache', 'botocore', 'bin', 'python'), 'python3', '/usr/bin/python3'];

/** A Python that can import botocore, as the setup provides it. */
export function pythonWithBotocore(): string {
  const found = CANDIDATES.find((python) => spawnSync(python, ['-c', 'import botocore'], { stdio: 'ignore' }).status === 0);
  if (found === undefined) {
    throw new Error('no Python has botocore: run `node tools/setup.mjs --for test`');
  }
  return found;
}
