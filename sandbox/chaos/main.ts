/** `npm run chaos`: notifications through the bundled functions while everything around them fails. */
import { HELP, readArguments } from './arguments';
import { describeResult, isClean } from './report';
import { runChaos } from './run';
import { AssemblyError } from '../assembly/template';
import { interruption } from '../command/interruption';
import { UsageError } from '../command/options';

async function main(): Promise<number> {
  const options = readArguments(process.argv.slice(2));
  if (options === 'help') {
    console.log(HELP);
    return 0;
  }
  // What was started ends with this process: the watchdog sees to it.
  void interruption().then(({ exitCode }) => process.exit(exitCode));
  console.log(`chaos: seed ${options.seed}, ${options.events} notifications`);
  const result = await runChaos({ ...options, onProgress: (text) => console.log(text) });
  console.log(describeResult(result));
  return isClean(result.verdicts) ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    const isExpected = error instanceof UsageError || error instanceof AssemblyError;
    console.error(isExpected ? error.message : error.stack);
    process.exit(error instanceof UsageError ? 2 : 1);
  },
);
