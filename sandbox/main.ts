/** `npm run sandbox`: the pipeline on one machine, and one incident from rule to page. */
import { AssemblyError } from './assembly/template';
import { HELP, readArguments } from './command/arguments';
import { interruption } from './command/interruption';
import { UsageError } from './command/options';
import { runSandbox } from './command/sandbox';
import { playRedeployment } from './redeployment/play';
import { StoryError } from './story/story';
import { Timeline } from './story/timeline';

async function main(): Promise<number> {
  const options = readArguments(process.argv.slice(2));
  if (options === 'help') {
    console.log(HELP);
    return 0;
  }
  return options.redeployment
    ? playRedeployment({ ...options, keepDirectory: options.keep }, new Timeline(), interruption())
    : runSandbox(options, new Timeline(), interruption());
}

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    // Expected errors are printed without a stack trace.
    const isExpected = error instanceof UsageError || error instanceof StoryError || error instanceof AssemblyError;
    console.error(`\n${isExpected ? error.message : error.stack}`);
    process.exit(error instanceof UsageError ? 2 : 1);
  },
);
