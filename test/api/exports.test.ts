import { readFileSync } from 'fs';
import { join } from 'path';
import * as library from '../../src';

test('what a program can require is what API.md documents', () => {
  const documented = [...readFileSync(join(__dirname, '..', '..', 'API.md'), 'utf8').matchAll(/^### (\w+) </gm)].map(([, name]) => name);
  expect(documented.length).toBeGreaterThan(30);
  expect(Object.keys(library).filter((name) => !documented.includes(name))).toEqual([]);
});
