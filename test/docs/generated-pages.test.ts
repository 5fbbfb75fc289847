import { readFileSync } from 'fs';
import { join } from 'path';
import { findingsPage } from '../../tools/docs/findings-page';
import { pipelineDiagram } from '../../tools/docs/pipeline-diagram';

test('docs/findings.md is what the table of codes says; `npx projen docs` writes it', () => {
  expect(readFileSync(join(__dirname, '..', '..', 'docs', 'findings.md'), 'utf8')).toEqual(findingsPage());
});

test('docs/images/pipeline.svg is the drawing of tools/docs; `npx projen docs` writes it', () => {
  expect(readFileSync(join(__dirname, '..', '..', 'docs', 'images', 'pipeline.svg'), 'utf8')).toEqual(pipelineDiagram());
});
