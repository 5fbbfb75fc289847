import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const TEXT = /\.(ts|mjs|cjs|js|json|md|py|go|ya?ml|sh|txt)$/;

function filesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : TEXT.test(entry.name) ? [path] : [];
  });
}

test('no file has the markers of a merge conflict', () => {
  const folders = ['bench', 'docs', 'examples', 'integ', 'lambda', 'projenrc', 'rosetta', 'sandbox', 'src', 'test', 'tools'];
  const files = ['README.md', 'CONTRIBUTING.md', '.projenrc.ts', ...folders.flatMap(filesIn)];
  expect(files.length).toBeGreaterThan(500);
  expect(files.filter((file) => /^(<{7}|>{7}) /m.test(readFileSync(join(ROOT, file), 'utf8')))).toEqual([]);
});
