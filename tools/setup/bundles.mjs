// Step 4: the functions as they are deployed.
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { run, say } from './shell.mjs';

const SOURCES = ['lambda', 'src/contract', 'package-lock.json', '.projen/tasks.json'];
const inFolder = (folder, ...files) => files.map((file) => `assets/lambda/${folder}/index/${file}.js`);

/** Every file of the functions. */
export const BUNDLES = [
  ...inFolder('receive', 'index', 'other-formats', 'transports/transport-notification', 'yaml-parser'),
  ...['deliver', 'notify', 'definition'].flatMap((folder) => inFolder(folder, 'index')),
];

export function bundlesOfFunctions() {
  const newestSource = Math.max(...SOURCES.map(newest));
  if (BUNDLES.every((bundle) => existsSync(bundle) && statSync(bundle).mtimeMs >= newestSource)) {
    return;
  }
  say('bundling the functions');
  run(process.execPath, ['node_modules/projen/bin/projen', 'bundle']);
}

/** When the file, or the latest file below the directory, was written. */
function newest(place) {
  const { mtimeMs } = statSync(place);
  return statSync(place).isDirectory()
    ? Math.max(0, ...readdirSync(place).map((name) => newest(path.join(place, name))))
    : mtimeMs;
}
