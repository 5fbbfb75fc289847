import { spawnSync } from 'child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

/** Whether the real `amtool check-config` accepts each of the texts. */
export function amtoolVerdicts(texts: readonly string[]): boolean[] {
  const directory = mkdtempSync(join(tmpdir(), 'amtool-'));
  try {
    const files = texts.map((text, index) => {
      const file = join(directory, `${index}.yml`);
      writeFileSync(file, text);
      return file;
    });
    const accepted = new Map<string, boolean>();
    for (let start = 0; start < files.length; start += BATCH) {
      checkFiles(files.slice(start, start + BATCH), accepted);
    }
    return files.map((file) => accepted.get(file) ?? fail(file));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The version of the installed amtool, as it says itself. */
export function amtoolVersion(): string {
  const { stdout, stderr } = spawnSync(AMTOOL, ['--version'], { encoding: 'utf8' });
  return /version ([0-9.]+)/.exec(stdout + stderr)?.[1] ?? 'none';
}

const AMTOOL = process.env.AMTOOL ?? 'amtool';
const BATCH = 300;

/** One process for many files. Where it crashes, the file that it looked at counts as refused, and it starts again behind it. */
function checkFiles(files: readonly string[], accepted: Map<string, boolean>): void {
  let rest = files;
  while (rest.length > 0) {
    const { stdout, error } = spawnSync(AMTOOL, ['check-config', ...rest], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    if (error) {
      throw error;
    }
    // A warning may stand between the name of the file and the verdict on it.
    const verdicts = stdout.split(/^Checking '/m).slice(1);
    for (const part of verdicts) {
      accepted.set(part.slice(0, part.indexOf("'")), / {2}(SUCCESS|FAILED)/.exec(part)?.[1] === 'SUCCESS');
    }
    if (verdicts.length === 0) {
      throw new Error('amtool checked nothing');
    }
    rest = rest.slice(verdicts.length);
  }
}

function fail(file: string): never {
  throw new Error(`amtool said nothing about ${file}`);
}
