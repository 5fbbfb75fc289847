import { writeFileSync } from 'fs';
import { join } from 'path';
import { findingsPage } from './findings-page';
import { pipelineDiagram } from './pipeline-diagram';

/** Writes the pages of docs/ that are made from the code. `npx projen docs`. */
writeFileSync(join(__dirname, '..', '..', 'docs', 'findings.md'), findingsPage());
writeFileSync(join(__dirname, '..', '..', 'docs', 'images', 'pipeline.svg'), pipelineDiagram());
