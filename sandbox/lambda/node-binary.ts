import * as fs from 'fs';
import * as path from 'path';
import pin from '../../tools/setup/functions-node.json';

const REPOSITORY = path.join(__dirname, '..', '..');

/** The Node.js that the functions run on, and whether it is the version that they have in AWS Lambda. */
export interface NodeBinary {
  readonly path: string;
  readonly isAsDeployed: boolean;
}

/** The Node.js that the setup installed for the functions, or this one if it has the same major version or there is no other. */
export function nodeForFunctions(): NodeBinary {
  const major = pin.version.split('.')[0];
  if (process.versions.node.split('.')[0] === major) {
    return { path: process.execPath, isAsDeployed: true };
  }
  const packages: Readonly<Record<string, string | undefined>> = pin.packages;
  const installed = path.join(REPOSITORY, pin.directory, 'node_modules', packages[`${process.platform}-${process.arch}`] ?? 'none', 'bin', 'node');
  return fs.existsSync(installed) ? { path: installed, isAsDeployed: true } : { path: process.execPath, isAsDeployed: false };
}
