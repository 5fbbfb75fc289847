#!/usr/bin/env node
// Checks the English of everything that people read: spelling with cspell (American English and tools/prose/dictionary.txt),
// and the words that tools/prose/avoid.mjs lists.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { avoidedWords } from './prose/avoid.mjs';
import { proseOf } from './prose/texts.mjs';

const PLACES = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CODE_OF_CONDUCT.md', '.github', 'docs', 'examples', 'integ', 'src', 'lambda', 'sandbox', 'bench', 'tools', '.projenrc.ts'];
const FILES = /\.(?:md|ts|mjs|cjs)$/;

/** Snapshots and the changelog are generated, and the list of words to avoid contains them. */
const EXCLUDED = [/^CHANGELOG\.md$/, /\.snapshot\//, /cdk\.out/, /^tools\/prose\/avoid\.mjs$/];

if (process.argv.includes('--help') || process.argv.includes('-h')) {
  console.log(`usage: node tools/check-prose.mjs [FILE or DIRECTORY]...

Checks spelling and wording of the given places. Without arguments: ${PLACES.join(', ')}.

Add a correct word that cspell does not know to tools/prose/dictionary.txt.
Exit code 0 without findings, 1 with findings.`);
  process.exit(0);
}

const given = process.argv.slice(2);
const files = (given.length > 0 ? given : PLACES).flatMap(filesOf).filter((file) => !EXCLUDED.some((pattern) => pattern.test(file)));
const wording = files.flatMap(findingsOf);
wording.forEach((finding) => console.log(finding));
const spelling = checkSpelling();
console.log(`${files.length} files, ${wording.length} words to avoid${spelling ? ', no spelling errors' : ''}`);
process.exitCode = wording.length === 0 && spelling ? 0 : 1;

function filesOf(place) {
  if (!existsSync(place)) {
    throw new Error(`${place} does not exist`);
  }
  return statSync(place).isDirectory()
    ? readdirSync(place, { recursive: true }).map((name) => path.join(place, String(name))).filter((name) => FILES.test(name)).sort()
    : [path.normalize(place)];
}

function findingsOf(file) {
  const { source, parts } = proseOf(file);
  return parts.flatMap(({ offset, text }) => avoidedWords(text).map((found) => {
    const before = source.slice(0, offset + found.offset).split('\n');
    return `${file}:${before.length}:${before.at(-1).length + 1} avoid "${found.word}": write ${found.instead}`;
  }));
}

function checkSpelling() {
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/cspell/bin.mjs', 'lint', '--config', 'tools/prose/cspell.json', '--no-progress', '--no-summary', '--show-suggestions', '--file-list', 'stdin'],
    { input: files.join('\n'), stdio: ['pipe', 'inherit', 'inherit'] },
  );
  return status === 0;
}
