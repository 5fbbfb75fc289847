// Step 1: the npm dependencies, exactly as locked.
import { existsSync, readFileSync } from 'node:fs';
import { run, say } from './shell.mjs';

// npm writes into node_modules what it installed there, in the form of the lock file itself.
const INSTALLED = 'node_modules/.package-lock.json';
const WANTED = 'package-lock.json';

export function nodeModules() {
  const difference = firstDifference();
  if (difference === undefined) {
    return;
  }
  say(`npm ci, because ${difference} (about a minute)`);
  run('npm', ['ci', '--no-audit', '--no-fund']);
}

/** What is wrong with node_modules, in words, or undefined. */
function firstDifference() {
  if (!existsSync(INSTALLED)) {
    return 'node_modules is missing';
  }
  const wanted = JSON.parse(readFileSync(WANTED, 'utf8')).packages;
  const installed = JSON.parse(readFileSync(INSTALLED, 'utf8')).packages;
  for (const [place, { version, optional }] of Object.entries(wanted)) {
    if (place === '') {
      continue;
    }
    // Packages for other platforms are locked as optional and not installed.
    if (!installed[place] && !optional) {
      return `${place} is missing`;
    }
    if (installed[place] && installed[place].version !== version) {
      return `${place} is ${installed[place].version}, and ${version} is locked`;
    }
  }
  return undefined;
}
