import { readFileSync } from 'fs';
import { resolve } from 'path';

test('every exception of .compatignore has its reason above it', () => {
  const lines = readFileSync(resolve(__dirname, '..', '..', '.compatignore'), 'utf8').split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const withoutReason = lines.filter((line, index) => !line.startsWith('#') && (index < 2 || !lines[index - 1].startsWith('# ')));

  expect(lines[0]).toMatch(/^# /);
  expect(withoutReason).toEqual([]);
});
