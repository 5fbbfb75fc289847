// Step 3: the Node.js that the functions have in AWS Lambda.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { NotReadyError, run, say } from './shell.mjs';

const PIN = JSON.parse(readFileSync(new URL('./functions-node.json', import.meta.url), 'utf8'));

export function nodeForFunctions() {
  if (process.versions.node.split('.')[0] === PIN.version.split('.')[0]) {
    return;
  }
  const name = PIN.packages[`${process.platform}-${process.arch}`];
  if (name === undefined) {
    say(`there is no Node.js ${PIN.version} on npm for ${process.platform}-${process.arch}: the functions will run on ${process.version}, not on the version that they have in AWS Lambda`);
    return;
  }
  if (existsSync(path.join(PIN.directory, 'node_modules', name, 'bin', 'node'))) {
    return;
  }
  say(`Node.js ${PIN.version} for the functions, from npm`);
  mkdirSync(PIN.directory, { recursive: true });
  try {
    run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', PIN.directory, `${name}@${PIN.version}`]);
  } catch (error) {
    if (!(error instanceof NotReadyError)) {
      throw error;
    }
    say(`${error.message}\nset-up: the functions will run on ${process.version}, not on the version that they have in AWS Lambda`);
  }
}
