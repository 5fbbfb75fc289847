import { readFileSync } from 'fs';
import { join } from 'path';
import { findingsPage } from '../../tools/docs/findings-page';

test('docs/findings.md is what the table of codes says; `npx projen docs` writes it', () => {
  expect(readFileSync(join(__dirname, '..', '..', 'docs', 'findings.md'), 'utf8')).toEqual(findingsPage());
});
