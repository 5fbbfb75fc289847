#!/usr/bin/env node
// Installs every package of dist/ in an application outside the tree, as a user does, and compares what they synthesize.
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { languagesOfPackages } from '../setup/languages.mjs';
import { findingsIn, requireFindingsOnce, requireSameAssembly } from './compare.mjs';
import * as go from './go.mjs';
import * as java from './java.mjs';
import * as javascript from './javascript.mjs';
import * as python from './python.mjs';
import { createScratch, EXAMPLES_IN_ALL_LANGUAGES, ONE_OUTPUT, outputOf } from './scratch.mjs';

const HELP = `usage: npm run test:packages [-- [--all] [--only LANGUAGE]... [--keep]]

Installs the packages of dist/ in applications outside the repository and synthesizes the examples with them.

  typescript   the npm tarball: every example, compiled; three versions of Node.js; an ES module with pnpm
  python       the wheel in a virtual environment, and its command
  java         the jar in a Maven project
  go           the module in place of the published one

The templates and asset manifests of all languages must be identical, and a wrong configuration must show the same
findings in each, once, without the stack of the jsii kernel.

  --all        every combination of package manager, aws-cdk-lib, and Node.js, and type declarations without skipLibCheck
  --only       this language, beside TypeScript, which is what the others are compared with
  --keep       keep the folder with the applications

Needs dist/, which \`npm run package\` writes. A language whose tools are missing is skipped, with a message.
Exit code 0 if everything is identical. The last line is \`N passed, N failed\`.`;

const OTHER_LANGUAGES = {
  python: { prepare: python.pythonWheel, wrongApp: python.wrongApp },
  java: { prepare: java.javaJar, wrongApp: java.wrongApp },
  go: { prepare: go.goModule, wrongApp: go.wrongApp },
};

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h' }, all: { type: 'boolean' }, only: { type: 'string', multiple: true }, keep: { type: 'boolean' },
  },
});

if (values.help) {
  console.log(HELP);
} else {
  await main(values);
}

async function main({ all, only = Object.keys(OTHER_LANGUAGES), keep }) {
  const unknown = only.filter((name) => !Object.hasOwn(OTHER_LANGUAGES, name) && name !== 'typescript');
  if (unknown.length > 0) {
    throw new Error(`no such language: ${unknown.join(', ')}; there are typescript, ${Object.keys(OTHER_LANGUAGES).join(', ')}`);
  }
  const missing = languagesOfPackages();
  const languages = Object.keys(OTHER_LANGUAGES).filter((name) => only.includes(name) && !Object.hasOwn(missing, name));
  Object.entries(missing).filter(([name]) => only.includes(name)).forEach(([name, reason]) => console.log(`- ${name} skipped: ${reason}`));

  const scratch = createScratch();
  const results = [];
  try {
    const reference = step('typescript', results, (report) => javascript.typescriptReference(scratch, report));
    // Installing the other packages takes longer than the reference, so it does not wait for it. Two at a time, for two cores.
    const others = inTurn(languages, (name) => step(name, results, (report) => OTHER_LANGUAGES[name].prepare(scratch, report)));
    if (await reference) {
      await step('Node.js versions', results, (report) => javascript.nodeVersions(scratch, report));
      await step('ES module and pnpm', results, (report) => javascript.esModuleWithPnpm(scratch, report));
      if (all) {
        await step('npm matrix', results, (report) => javascript.wholeMatrix(scratch, report));
      }
    }
    const prepared = (await others).filter(Boolean);
    for (const name of prepared) {
      await step(`${name}: templates`, results, (report) => compareTemplates(scratch, name, report));
    }
    await step('findings', results, (report) => compareFindings(scratch, prepared, report));
    if (prepared.includes('python')) {
      await step('command of the wheel', results, (report) => compareCommand(scratch, report));
    }
  } finally {
    if (keep) {
      console.log(`the applications are in ${scratch}`);
    } else {
      rmSync(scratch, { recursive: true, force: true });
    }
  }
  const failed = results.filter(({ passed }) => !passed);
  console.log(failed.length > 0 ? `\nfailed: ${failed.map(({ name }) => name).join(', ')}` : '');
  console.log(`${results.length - failed.length} passed, ${failed.length} failed`);
  process.exitCode = failed.length > 0 ? 1 : 0;
}

/** Runs a step, prints its progress and its time, and returns its name if it passed. */
async function step(name, results, action) {
  const started = Date.now();
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(0)} s`;
  try {
    await action((text) => console.log(`  ${name}: ${text} (${seconds()})`));
    console.log(`✔ ${name} (${seconds()})`);
    results.push({ name, passed: true });
    return name;
  } catch (error) {
    console.log(`✖ ${name} failed after ${seconds()}: ${error.message}`);
    results.push({ name, passed: false });
    return undefined;
  }
}

/** The languages one after the other: with TypeScript beside them, both cores have work. */
async function inTurn(names, action) {
  const done = [];
  for (const name of names) {
    done.push(await action(name));
  }
  return done;
}

function compareTemplates(scratch, language, report) {
  for (const example of EXAMPLES_IN_ALL_LANGUAGES) {
    const all = path.join(scratch, 'out', language, ONE_OUTPUT);
    requireSameAssembly(
      outputOf(scratch, 'typescript', example), existsSync(all) ? all : outputOf(scratch, language, example), { amongOthers: existsSync(all) },
    );
  }
  report(`templates and asset hashes of ${EXAMPLES_IN_ALL_LANGUAGES.length} examples are identical to TypeScript's`);
}

async function compareFindings(scratch, languages, report) {
  const output = await javascript.wrongApp(scratch);
  const expected = findingsIn(output);
  requireFindingsOnce(expected, output, 'javascript');
  for (const language of languages) {
    requireFindingsOnce(expected, await OTHER_LANGUAGES[language].wrongApp(scratch), language);
  }
  report(`${['javascript', ...languages].join(', ')} show the same ${expected.filter((line) => /error:/.test(line)).length} findings, once`);
}

async function compareCommand(scratch, report) {
  const file = path.join(scratch, 'examples', 'node-exporter', 'alertmanager.yml');
  const [expected, actual] = [await javascript.commandOutput(scratch, file), await python.commandOutput(scratch, file)];
  if (actual !== expected) {
    throw new Error(`the command of the wheel prints\n${actual}\ninstead of\n${expected}`);
  }
  report("cdk-amp-pagerduty check prints what npm's prints");
}
