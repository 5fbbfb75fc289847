import { readFileSync } from 'node:fs';

/** What was read, by path: standard input and the pipe of a process substitution can be read once only. */
const inputs = new Map<string, Buffer>();

/**
 * The content of a file of the command line; `-` is standard input.
 *
 * @throws Error of the system, if it cannot be read.
 */
export function readInput(path: string): Buffer {
  const content = inputs.get(path) ?? readFileSync(path === '-' ? 0 : path);
  if (isStream(path)) {
    inputs.set(path, content);
  }
  return content;
}

function isStream(path: string): boolean {
  return path === '-' || path.startsWith('/dev/') || path.startsWith('/proc/');
}
