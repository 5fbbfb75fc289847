import { spawnSync } from 'child_process';
import { join } from 'path';

/** A Python that can import botocore, as the setup provides it. */
export function pythonWithBotocore(): string {
  return pythonWith('botocore');
}

/** A Python that can import a package, in the virtual environment of this name or on the machine. */
export function pythonWith(packageName: string): string {
  const candidates = [join(__dirname, '..', '..', 'node_modules', '.cache', packageName, 'bin', 'python'), 'python3', '/usr/bin/python3'];
  const found = candidates.find((python) => spawnSync(python, ['-c', `import ${packageName}`], { stdio: 'ignore' }).status === 0);
  if (found === undefined) {
    throw new Error(`no Python has ${packageName}: run \`node tools/setup.mjs --for test\``);
  }
  return found;
}
