// Packages of Debian and Ubuntu.
import { findProgram, run, succeeds } from './shell.mjs';

/** Whether this is a system with `apt-get`. */
export function hasAptGet() {
  return findProgram('apt-get') !== undefined;
}

/** How to become root without being asked: not at all, by sudo, or (undefined) no way. */
export function rootPrefix() {
  if (process.getuid?.() === 0) {
    return [];
  }
  return succeeds('sudo', ['-n', 'true']) ? ['sudo', '-n'] : undefined;
}

/** Runs a command behind the prefix. */
export function runAsRoot(asRoot, ...command) {
  const [program, ...args] = [...asRoot, ...command];
  return run(program, args);
}

export function installPackages(asRoot, packages) {
  const aptGet = (...args) => runAsRoot(asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args);
  aptGet('update', '-q');
  aptGet('install', '-y', '-q', '--no-install-recommends', ...packages);
}

/** The command that a person runs where this script cannot become root. */
export function installCommand(packages) {
  return `sudo apt-get install --no-install-recommends ${packages.join(' ')}`;
}
