#!/usr/bin/env node
// Does everything that a release does, but publish, in a clone: `npm run release:dry-run`.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { cloneInto, hasUncommittedChanges } from '../packages/clone.mjs';
import { run } from '../packages/run.mjs';

const { values } = parseArgs({ options: { language: { type: 'string', multiple: true }, help: { type: 'boolean', short: 'h' } } });

if (values.help) {
  console.log(`usage: npm run release:dry-run [-- --language LANGUAGE]...

Prepares the next release in a clone of the current commit: version, changelog, packages, and what npm would publish. Then
checks that the tree is unchanged, as the release workflow does. Publishes nothing. The tests are those of \`npm test\`.`);
} else {
  await main(values.language ?? []);
}

async function main(languages) {
  if (await hasUncommittedChanges()) {
    console.error('uncommitted changes are not part of a release: commit them first');
    process.exitCode = 1;
    return;
  }
  const folder = mkdtempSync(path.join(os.tmpdir(), 'release-'));
  const clone = path.join(folder, 'clone');
  const step = async (what, command, options = {}) => {
    const started = Date.now();
    const result = await run(command, { cwd: clone, minutes: 30, env: { RELEASE: 'true' }, ...options });
    console.log(`✔ ${what} (${((Date.now() - started) / 1000).toFixed(0)} s)`);
    return result;
  };
  const projen = (what, task) => step(what, ['npx', '--no-install', 'projen', task]);
  try {
    await cloneInto(clone);
    await projen('version and changelog', 'bump');
    const version = readFileSync(path.join(clone, 'dist', 'version.txt'), 'utf8').trim();
    const changelog = readFileSync(path.join(clone, 'dist', 'changelog.md'), 'utf8');
    requireThat(/^\d+\.\d+\.\d+$/.test(version) && version !== '0.0.0', `the next version is ${version}`);
    requireThat(changelog.includes('### Features') || changelog.includes('### Bug Fixes'), 'the changelog has neither features nor fixes');
    console.log(`  ${version}, ${changelog.split('\n').filter((line) => line.startsWith('* ')).length} entries in the changelog`);
    await projen('functions', 'bundle');
    await projen('library', 'compile');
    await projen('API reference and snippets', 'post-compile');
    requireLinksTo(`v${version}`, path.join(clone, 'README.md'));
    await step('packages', ['node', 'tools/packages/build.mjs', ...languages.flatMap((language) => ['--language', language])]);
    requireVersionEverywhere(version, path.join(clone, 'dist'), languages);
    const tarball = readdirSync(path.join(clone, 'dist', 'js')).find((name) => name.endsWith('.tgz'));
    await step('what npm would publish', ['npm', 'publish', '--dry-run', '--access', 'public', '--tag', 'latest', path.join('dist', 'js', tarball)]);
    await projen('version of the tree restored', 'unbump');
    await step('the tree is as it was', ['git', 'diff', '--ignore-space-at-eol', '--exit-code']);
    console.log(`\nready to release ${version}; the changelog begins with\n\n${changelog.split('\n').slice(0, 30).join('\n')}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function requireThat(condition, otherwise) {
  if (!condition) {
    throw new Error(otherwise);
  }
}

/** Registries show the README of every version, so its links must lead to the tag. */
function requireLinksTo(tag, readme) {
  const refs = new Set([...readFileSync(readme, 'utf8').matchAll(/github\.com\/cdk-amp-pagerduty\/cdk-amp-pagerduty\/blob\/([^/]+)\//g)].map((match) => match[1]));
  requireThat(refs.size === 1 && refs.has(tag), `the README links to ${[...refs].join(', ')} instead of ${tag}`);
}

function requireVersionEverywhere(version, dist, languages) {
  const files = readdirSync(dist, { recursive: true }).map(String);
  const patterns = { js: /\.tgz$/, python: /\.whl$/, java: /\.pom$/ };
  for (const [language, pattern] of Object.entries(patterns).filter(([name]) => languages.length === 0 || languages.includes(name))) {
    const found = files.filter((file) => file.startsWith(`${language}${path.sep}`) && pattern.test(file));
    requireThat(found.length > 0 && found.every((file) => file.includes(version)), `dist/${language} has ${found.join(', ') || 'nothing'} instead of version ${version}`);
  }
}
