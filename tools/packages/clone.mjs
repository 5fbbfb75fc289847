// A clone of what is committed, with the dependencies of this tree.
import { cpSync, existsSync } from 'node:fs';
import path from 'node:path';
import { run } from './run.mjs';
import { REPOSITORY } from './scratch.mjs';

/** Clones the current commit into a folder. Dependencies are hard links where the file system allows them. */
export async function cloneInto(directory) {
  await run(['git', 'clone', '--quiet', REPOSITORY, directory]);
  const modules = path.join(REPOSITORY, 'node_modules');
  if (!existsSync(modules)) {
    throw new Error('node_modules is missing: run `npm ci` first');
  }
  try {
    await run(['cp', '-al', modules, path.join(directory, 'node_modules')]);
  } catch {
    cpSync(modules, path.join(directory, 'node_modules'), { recursive: true, verbatimSymlinks: true });
  }
}

/** Whether something is not committed, and so not in a clone. */
export async function hasUncommittedChanges() {
  const { stdout } = await run(['git', 'status', '--porcelain'], { cwd: REPOSITORY });
  return stdout.trim() !== '';
}
