import * as fs from 'fs';
import * as path from 'path';

/** The names that the programs have in distributions, and in upstream's archives. */
export const PROGRAMS = {
  prometheus: ['prometheus'],
  alertmanager: ['prometheus-alertmanager', 'alertmanager'],
  nodeExporter: ['prometheus-node-exporter', 'node_exporter'],
} as const;

/** Where a program is. Throws when it is not installed. */
export function findProgram(names: readonly string[]): string {
  for (const name of names) {
    for (const directory of (process.env.PATH ?? '').split(path.delimiter)) {
      const file = path.join(directory, name);
      if (isExecutable(file)) {
        return file;
      }
    }
  }
  throw new Error(`${names.join(' or ')} is not installed: run \`node tools/setup.mjs --for sandbox\``);
}

function isExecutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}
