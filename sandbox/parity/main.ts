/** `npm run parity`: what receivers get from Alertmanager itself and through the construct, compared field by field. */
import * as fs from 'fs';
import { AlertsFileError, readSteps } from './alerts-file';
import { HELP, readArguments } from './arguments';
import { printPair, summarize } from './report';
import { runParity } from './run';
import { sampleSteps } from './sample-alerts';
import { AssemblyError } from '../assembly/template';
import { interruption } from '../command/interruption';
import { UsageError } from '../command/options';
import { madeUpKeyNames } from '../pipeline/variables';

async function main(): Promise<number> {
  const options = readArguments(process.argv.slice(2));
  if (options === 'help') {
    console.log(HELP);
    return 0;
  }
  const steps = options.alerts === undefined ? sampleSteps(options.config) : readSteps(fs.readFileSync(options.alerts, 'utf8'));
  // What was started ends with this process: the watchdog sees to it.
  void interruption().then(({ exitCode }) => process.exit(exitCode));
  const result = await runParity({ ...options, steps, onPair: (pair) => console.log(printPair(pair, madeUpKeyNames)) });
  const { text, notes, passed } = summarize(result);
  notes.forEach((note) => console.error(note));
  console.log(text);
  return passed ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: NodeJS.ErrnoException) => {
    const isExpected = error instanceof UsageError || error instanceof AlertsFileError || error instanceof AssemblyError || error.code === 'ENOENT';
    console.error(isExpected ? error.message : error.stack);
    process.exit(error instanceof UsageError ? 2 : 1);
  },
);
