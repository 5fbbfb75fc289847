// Step 2: Prometheus, Alertmanager with amtool, and the node exporter.
import { existsSync, writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { hasAptGet, installCommand, installPackages, rootPrefix, runAsRoot } from './apt.mjs';
import { findProgram, NotReadyError, say } from './shell.mjs';

/** What is needed: the names that a program has in distributions and in upstream's archives, and its Debian package. */
const PROGRAMS = [
  { names: ['prometheus'], debianPackage: 'prometheus' },
  { names: ['promtool'], debianPackage: 'prometheus' },
  { names: ['prometheus-alertmanager', 'alertmanager'], debianPackage: 'prometheus-alertmanager' },
  { names: ['amtool'], debianPackage: 'prometheus-alertmanager' },
  { names: ['prometheus-node-exporter', 'node_exporter'], debianPackage: 'prometheus-node-exporter' },
];

const POLICY = '/usr/sbin/policy-rc.d';

export function prometheusPrograms() {
  const missing = missingPrograms();
  if (missing.length === 0) {
    return;
  }
  const packages = [...new Set(missing.map(({ debianPackage }) => debianPackage))];
  if (!hasAptGet()) {
    throw new NotReadyError(
      `not on the PATH: ${describe(missing)}; this is no Debian or Ubuntu, so install them by hand `
      + '(for example `brew install prometheus alertmanager node_exporter`, or the archives of https://prometheus.io/download), then run this again',
    );
  }
  const asRoot = rootPrefix();
  if (asRoot === undefined) {
    throw new NotReadyError(
      `root is needed to install ${packages.join(', ')}; run \`${installCommand(packages)}\`, then run this again`,
    );
  }
  say(`apt-get install ${packages.join(' ')}`);
  withoutStartingServices(asRoot, () => install(asRoot, packages));
  const stillMissing = missingPrograms();
  if (stillMissing.length > 0) {
    throw new NotReadyError(`${packages.join(', ')} are installed, but not on the PATH: ${describe(stillMissing)}`);
  }
}

function missingPrograms() {
  return PROGRAMS.filter(({ names }) => findProgram(...names) === undefined);
}

function describe(programs) {
  return programs.map(({ names }) => names.join(' or ')).join(', ');
}

function install(asRoot, packages) {
  installPackages(asRoot, packages);
  // The packages enable their services for the next boot; the sandbox starts its own processes, and ends them.
  if (existsSync('/run/systemd/system')) {
    runAsRoot(asRoot, 'systemctl', 'disable', '--quiet', ...packages);
    say(`the services of these packages were not started, and disabled: \`systemctl enable --now ${packages[0]}\` if you want them`);
  }
}

/**
 * Debian starts a service when its package is installed, unless this file says no. One that is there already is the
 * machine's own (containers have one) and stays as it is.
 */
function withoutStartingServices(asRoot, action) {
  if (existsSync(POLICY)) {
    action();
    return;
  }
  const directory = mkdtempSync(path.join(os.tmpdir(), 'policy-'));
  const draft = path.join(directory, 'policy-rc.d');
  try {
    writeFileSync(draft, '#!/bin/sh\n# 101: the action is forbidden by policy.\nexit 101\n');
    runAsRoot(asRoot, 'install', '-m', '755', draft, POLICY);
    action();
  } finally {
    runAsRoot(asRoot, 'rm', '-f', POLICY);
    rmSync(directory, { recursive: true, force: true });
  }
}
