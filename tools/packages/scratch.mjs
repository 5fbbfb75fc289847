// The folder outside the tree in which the packages are installed, and what is in dist/.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const REPOSITORY = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..', '..');
export const VERSIONS = JSON.parse(readFileSync(path.join(REPOSITORY, 'tools', 'packages', 'versions.json'), 'utf8'));
export const PACKAGE = JSON.parse(readFileSync(path.join(REPOSITORY, 'package.json'), 'utf8'));

/** The versions that development happens with: the lowest that the package accepts. */
export const LOWEST = {
  cdk: PACKAGE.peerDependencies['aws-cdk-lib'].replace('^', ''),
  constructs: PACKAGE.peerDependencies.constructs.replace('^', ''),
};

/** The examples that exist in every language. */
export const EXAMPLES_IN_ALL_LANGUAGES = ['minimal', 'node-exporter', 'team-rules', 'adopt-existing', 'lift-and-shift'];

/** The folder of a language whose examples are synthesized by one process, which has one folder for all of them. */
export const ONE_OUTPUT = 'all';

/** A new folder with a copy of examples/ and of the wrong app. */
export function createScratch() {
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'packages-'));
  cpSync(path.join(REPOSITORY, 'examples'), path.join(scratch, 'examples'), { recursive: true, filter: (file) => !/cdk\.out|node_modules/.test(file) });
  cpSync(path.join(REPOSITORY, 'test', 'packages', 'wrong'), path.join(scratch, 'wrong'), { recursive: true });
  return scratch;
}

/** Where an app of a language writes its assembly. */
export function outputOf(scratch, language, example) {
  const directory = path.join(scratch, 'out', language, example);
  mkdirSync(directory, { recursive: true });
  return directory;
}

/** A file of dist/ by its pattern. */
export function artifact(language, pattern) {
  const directory = path.join(REPOSITORY, 'dist', language);
  const found = existsSync(directory) ? readdirSync(directory, { recursive: true }).map(String).find((name) => pattern.test(name)) : undefined;
  if (found === undefined) {
    throw new Error(`dist/${language} has no file like ${pattern}: run \`npm run package\` first`);
  }
  return path.join(directory, found);
}
