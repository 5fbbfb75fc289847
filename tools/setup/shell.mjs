// Functions that every step of the setup needs.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** Something is missing that the setup cannot install. The message states what to do. */
export class NotReadyError extends Error {}

export function say(text) {
  console.log(`setup: ${text}`);
}

/** Runs a command and shows its output only when it fails. */
export function run(program, args, options = {}) {
  const result = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, ...options });
  if (result.status !== 0) {
    const output = `${result.stdout ?? ''}${result.stderr ?? ''}`.trim();
    throw new NotReadyError(
      `${program} ${args.join(' ')} ${result.error ? `did not start: ${result.error.message}` : `ended with ${result.signal ?? `exit code ${result.status}`}`}\n${output}`,
    );
  }
  return result.stdout ?? '';
}

/** Whether a command runs and succeeds. */
export function succeeds(program, args) {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

/** The first of the names that is an executable file on the PATH. */
export function findProgram(...names) {
  for (const name of names) {
    for (const directory of (process.env.PATH ?? '').split(path.delimiter)) {
      try {
        accessSync(path.join(directory, name), constants.X_OK);
        return path.join(directory, name);
      } catch {
        // Not in this directory.
      }
    }
  }
  return undefined;
}
