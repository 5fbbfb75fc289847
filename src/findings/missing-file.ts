import { isAbsolute } from 'node:path';

/** What to do about a path that leads to no file. */
export function fixMissingFile(path: string): string {
  if (/[*?]/.test(path)) {
    return 'no file matches the pattern; correct it';
  }
  return isAbsolute(path) ? 'correct the path' : `correct the path; it is relative to the working directory, ${process.cwd()}`;
}
