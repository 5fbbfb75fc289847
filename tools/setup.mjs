#!/usr/bin/env node
// Makes a fresh clone ready to use: what `npm run sandbox` and `npm test` do first. Needs nothing but Node.js and npm, and
// says nothing when there is nothing to do.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { botocore } from './setup/botocore.mjs';
import { bundlesOfFunctions } from './setup/bundles.mjs';
import { deephaven } from './setup/deephaven.mjs';
import { nodeForFunctions } from './setup/functions-node.mjs';
import { programsOfPackages } from './setup/languages.mjs';
import { nodeModules } from './setup/node-modules.mjs';
import { prometheusPrograms } from './setup/prometheus-programs.mjs';
import { sdcclient } from './setup/sdcclient.mjs';
import { NotReadyError } from './setup/shell.mjs';

const OLDEST_NODE = 20;

const STEPS = {
  sandbox: [nodeModules, prometheusPrograms, nodeForFunctions, bundlesOfFunctions],
  // The check bundles the functions itself, and counts it. Python's packages need Python.
  test: [nodeModules, prometheusPrograms, nodeForFunctions, programsOfPackages, botocore, sdcclient],
  deephaven: [deephaven],
};

const HELP = `usage: node tools/setup.mjs --for sandbox|test|deephaven

Prepares a fresh clone for use. Each step does only what is missing.

  npm dependencies      npm ci, if node_modules is missing or differs from package-lock.json
  Prometheus            Debian and Ubuntu: the packages prometheus, prometheus-alertmanager and
                        prometheus-node-exporter, as root or through sudo; their services are not started.
                        On other systems, prints what to install
  Node.js 24            for the functions, as in AWS Lambda, if this is another version: from npm, into
                        node_modules/.cache
  languages             (test) Debian and Ubuntu: python3-venv, openjdk-17-jdk-headless, and maven, to build and
                        run the packages of Python and Java. Go is used if it is on the PATH. A language that is
                        missing is skipped by the checks of the packages, with the reason
  botocore              (test) Python's, to check signatures and the emulation of AMP with: from pip, into
                        node_modules/.cache, unless Python has it. Needs Python 3 with venv
  sdcclient             (test) Sysdig's client for Python, to check requests to Sysdig Monitor with: likewise
  bundles               (sandbox) the functions, if their sources changed after assets/
  Deephaven             (deephaven) client and server, about 650 MB: from pip, into node_modules/.cache, unless Python has
                        them. The sandbox and the tests use it if it is there. Needs Java 17 or later

Exit code 0 if everything is ready, 1 if something is missing that this script cannot install.`;

await main(process.argv.slice(2));

async function main(args) {
  if (args.includes('--help') || args.includes('-h')) {
    console.log(HELP);
    return;
  }
  const [flag, purpose, ...rest] = args;
  if (flag !== '--for' || !Object.hasOwn(STEPS, purpose ?? '') || rest.length > 0) {
    console.error(`${HELP}\n\nnot understood: ${args.join(' ') || 'no arguments'}`);
    process.exitCode = 2;
    return;
  }
  const major = Number(process.versions.node.split('.')[0]);
  if (major < OLDEST_NODE) {
    console.error(`setup: Node.js ${OLDEST_NODE} or later is required, but this is ${process.version}: see https://nodejs.org/en/download`);
    process.exitCode = 1;
    return;
  }
  process.chdir(path.join(path.dirname(fileURLToPath(import.meta.url)), '..'));
  try {
    for (const step of STEPS[purpose]) {
      await step();
    }
  } catch (error) {
    if (!(error instanceof NotReadyError)) {
      throw error;
    }
    console.error(`setup: ${error.message}`);
    process.exitCode = 1;
  }
}
