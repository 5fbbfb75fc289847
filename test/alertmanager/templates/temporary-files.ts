import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Makes the files in a new directory, hands over its path, and removes it afterwards. */
export function withFiles<T>(files: Readonly<Record<string, string | Buffer>>, use: (directory: string) => T): T {
  const directory = mkdtempSync(join(tmpdir(), 'templates-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, name)), { recursive: true });
      writeFileSync(join(directory, name), content);
    }
    return use(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
