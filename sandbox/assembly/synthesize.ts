import { execFile } from 'child_process';
import * as path from 'path';
import { AssemblyError } from './template';

const REPOSITORY = path.join(__dirname, '..', '..');
const LOADER = path.join(REPOSITORY, 'tools', 'typescript.cjs');
const SECONDS = 120;

/** Synthesizes a CDK app of this repository into a directory, in its own process, as the CDK command does. */
export function synthesize(app: string, directory: string, args: readonly string[] = []): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, ['-r', LOADER, path.join(REPOSITORY, app), ...args], {
      env: { ...process.env, CDK_OUTDIR: directory },
      timeout: SECONDS * 1000,
      maxBuffer: 64 * 1024 * 1024,
    }, (error, stdout, stderr) => {
      if (error) {
        reject(new AssemblyError(`${app} could not be synthesized: ${`${stdout}${stderr}`.trim() || error.message}`));
      } else {
        resolve();
      }
    });
  });
}
