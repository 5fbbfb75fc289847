import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What promtool says of each of the texts: undefined if it accepts it, else why not. Many files take one call. */
export function promtoolVerdicts(texts: readonly string[]): Array<string | undefined> {
  const directory = mkdtempSync(join(tmpdir(), 'promtool-'));
  try {
    const files = texts.map((text, index) => {
      const file = join(directory, `${String(index).padStart(6, '0')}.yml`);
      writeFileSync(file, text);
      return file;
    });
    return readVerdicts(runPromtool(files), files);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Reports and errors in the order in which they were printed. */
function runPromtool(files: readonly string[]): string {
  return execFileSync('sh', ['-c', 'promtool check rules --lint=none "$@" 2>&1 || true', 'sh', ...files], { encoding: 'utf8', maxBuffer: 2 ** 28, timeout: 60_000 });
}

/** promtool 2.42 crashes on a few malformed files: what it would say of the others takes another call. */
function readVerdicts(output: string, files: readonly string[]): Array<string | undefined> {
  const sections = output.split(/^Checking (.*)$/m).slice(1);
  const reported = sections.length / 2;
  const verdicts = files.slice(0, reported).map((file, index) => {
    if (sections[2 * index] !== file) {
      throw new Error(`promtool reported on ${sections[2 * index]} instead of ${file}`);
    }
    const report = sections[2 * index + 1];
    return report.includes('SUCCESS:') ? undefined : report.trim();
  });
  if (reported === files.length) {
    return verdicts;
  }
  if (reported === 0 || !verdicts[reported - 1]?.includes('panic:')) {
    throw new Error(`promtool reported on ${reported} of ${files.length} files`);
  }
  const others = files.slice(reported);
  return [...verdicts, ...readVerdicts(runPromtool(others), others)];
}

/** A rule file with one rule. */
export function ruleFileOf(expression: string): string {
  return JSON.stringify({ groups: [{ name: 'g', rules: [{ record: 'r', expr: expression }] }] });
}
