// Makes the README's links lead to the version of the package: npm, PyPI, Maven, and Construct Hub show the README of every
// version, and a link to the main branch would explain another one. The first step of `npx projen compile`, because jsii copies
// the README into the assembly. Unreleased code has version 0.0.0 and links to the main branch.
import { readFileSync, writeFileSync } from 'node:fs';

const UNRELEASED = '0.0.0';

const { version, repository } = JSON.parse(readFileSync('package.json', 'utf8'));
const base = `${repository.url.replace(/\.git$/, '')}/blob/`;
const ref = version === UNRELEASED ? 'main' : `v${version}`;

const readme = readFileSync('README.md', 'utf8');
const linked = readme.split(base).map((part, index) => (index === 0 ? part : part.replace(/^[^/]+/, ref))).join(base);
if (linked !== readme) {
  writeFileSync('README.md', linked);
}
