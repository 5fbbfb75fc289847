// Writes the copyright notices of every third-party package whose code is in the npm package.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

const INTRODUCTION = 'This package contains code of the following third-party packages, in lib/vendor/ and in assets/, and templates of Alertmanager in lib/.\n';
const APACHE = 'Apache-2.0';
const RULE = '-'.repeat(80);

/** What is part of src/alertmanager/templates/built-in-texts.ts, because no package of npm has it (docs/decisions/0085). */
const ALERTMANAGER = {
  name: 'prometheus/alertmanager',
  version: '0.31.1',
  license: APACHE,
  homepage: 'https://github.com/prometheus/alertmanager',
  texts: [],
  notice: `Prometheus Alertmanager
Copyright 2013-2015 The Prometheus Authors

This product includes software developed at
SoundCloud Ltd. (http://soundcloud.com/).

The HTML template is derived from https://github.com/mailgun/transactional-email-templates,
Copyright (c) 2014 Mailgun, licensed under the MIT License, whose text is in the template.`,
};

/** All packages in the given metafiles and in the bundles of the functions, and what the sources carry, sorted by name. */
export async function bundledPackages(metafiles) {
  const all = [...metafiles, await functionsMetafile()];
  const directories = new Set(all.flatMap(({ inputs }) => Object.keys(inputs)).map(packageDirectory).filter(Boolean));
  return [...[...directories].map(readPackage), ALERTMANAGER].sort((a, b) => a.name.localeCompare(b.name) || a.version.localeCompare(b.version));
}

export function writeNotices(packages) {
  const sections = packages.map(({ name, version, license, homepage, texts, notice }) => [
    RULE,
    `${name} ${version}`,
    `License: ${license}`,
    ...(homepage ? [`Homepage: ${homepage}`] : []),
    '',
    ...(license === APACHE ? [apacheNotice(texts, notice), ''] : texts),
  ].join('\n'));
  return [INTRODUCTION, ...sections].join('\n');
}

/** The notice or the copyright lines. The text of the license itself is in LICENSE, because this package has the same one. */
function apacheNotice(texts, notice) {
  const copyrights = texts.join('\n').split('\n').map((line) => line.trim()).filter((line) => /^Copyright .*\d{4}/.test(line));
  return [...(notice ? [notice] : new Set(copyrights)), 'The text of the Apache License, Version 2.0, is in the file LICENSE.'].join('\n');
}

/** What esbuild puts into the functions, with the options of the `bundle` tasks. */
async function functionsMetafile() {
  const entryPoints = readdirSync('lambda').map((name) => path.join('lambda', name, 'index.ts')).filter((file) => existsSync(file));
  const { metafile } = await build({
    entryPoints,
    outdir: 'unused',
    write: false,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    metafile: true,
    logLevel: 'error',
  });
  return metafile;
}

function packageDirectory(input) {
  return input.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)/)?.[1];
}

function readPackage(directory) {
  const { name, version, license, homepage } = JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8'));
  if (typeof license !== 'string') {
    throw new Error(`${directory}/package.json names no license`);
  }
  const texts = readdirSync(directory)
    .filter((file) => /^licen[cs]e/i.test(file))
    .sort()
    .map((file) => readFileSync(path.join(directory, file), 'utf8'));
  if (readdirSync(directory).some((file) => /^notice/i.test(file))) {
    throw new Error(`${directory} has a NOTICE file: Apache-2.0 asks to pass it on, which tools/library/notices.mjs does not do yet`);
  }
  if (texts.length === 0 && ![APACHE, 'MIT-0'].includes(license)) {
    throw new Error(`${directory} has no license file, but its license (${license}) asks to pass the text on`);
  }
  return { name, version, license, homepage, texts };
}
