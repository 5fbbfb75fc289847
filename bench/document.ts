import { readFileSync, writeFileSync } from 'fs';
import { cpus, loadavg } from 'os';
import { join } from 'path';

const DOCUMENT = join(__dirname, '..', 'docs', 'benchmarks.md');

/** Prints the table, and writes it into docs/benchmarks.md if that is asked for: in place of what the last run wrote there. */
export function publish(name: string, table: string, write: boolean): void {
  process.stdout.write(`${table}\n`);
  if (!write) {
    return;
  }
  const document = readFileSync(DOCUMENT, 'utf8');
  const [before, ...rest] = document.split(`<!-- ${name} -->\n`);
  const after = rest.join('').split(`<!-- end of ${name} -->`)[1];
  if (after === undefined) {
    throw new Error(`${DOCUMENT} has no place for the table: <!-- ${name} --> and <!-- end of ${name} -->`);
  }
  writeFileSync(DOCUMENT, `${before}<!-- ${name} -->\n${table}\n<!-- end of ${name} -->${after}`);
}

/** A table in Markdown. */
export function formatTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** What the numbers depend on. Take it before the measurement, which is load itself. */
export function machine(): string {
  const load = loadavg()[0].toFixed(1);
  return `Node.js ${process.versions.node}, ${cpus().length} processors, load of the machine before the run: ${load}.`;
}
