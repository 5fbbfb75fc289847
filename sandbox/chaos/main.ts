/** `npm run chaos`: notifications through the bundled functions while everything around them fails. */
import { HELP, readArguments, type ChaosArguments, type Story } from './arguments';
import { describeResult, isClean } from './report';
import { runChaos } from './run';
import { MAX_WAIT_MS, playHanging } from './stories/hanging';
import { describeStorm, MAX_RATIO, playStorm } from './stories/storm';
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
  console.log(`chaos: story ${options.story}, seed ${options.seed}, ${options.events} notifications`);
  return await STORIES[options.story](options) ? 0 : 1;
}

const onProgress = (text: string): void => console.log(text);

/** Each story prints what happened. Resolves to whether all is well. */
const STORIES: Readonly<Record<Story, (options: ChaosArguments) => Promise<boolean>>> = {
  faults: async (options) => {
    const result = await runChaos({ ...options, onProgress });
    console.log(describeResult(result));
    return isClean(result.verdicts);
  },
  storm: async ({ seed, events }) => {
    const groups = Math.ceil(events / NOTIFICATIONS_PER_GROUP);
    const storm = await playStorm({ seed, events, groups, eventsPerMinute: EVENTS_PER_MINUTE, onProgress });
    console.log(`${describeStorm(storm)}\n${describeResult(storm.chaos)}`);
    return isClean(storm.chaos.verdicts) && storm.ratio <= MAX_RATIO;
  },
  hanging: async ({ seed, events }) => {
    const hanging = await playHanging({ seed, waiting: events, isWebhookSilent: true, onProgress });
    const answering = await playHanging({ seed, waiting: events, isWebhookSilent: false, onProgress });
    const longestMs = Math.max(...hanging.waitsMs);
    const isSame = JSON.stringify(hanging.waitsMs) === JSON.stringify(answering.waitsMs);
    console.log(`slowest of ${hanging.waitsMs.length} pages for the healthy endpoint: ${(longestMs / 1000).toFixed(1)} s (at most ${MAX_WAIT_MS / 1000} s)`);
    console.log(`pages while the webhook hangs: ${isSame ? 'each at the same millisecond as while it answers' : 'at other times than while it answers'}`);
    console.log(describeResult(hanging.chaos));
    return isClean(hanging.chaos.verdicts) && longestMs <= MAX_WAIT_MS && isSame;
  },
};

/** What PagerDuty accepts of one routing key. */
const EVENTS_PER_MINUTE = 120;
const NOTIFICATIONS_PER_GROUP = 10;

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    const isExpected = error instanceof UsageError || error instanceof AssemblyError;
    console.error(isExpected ? error.message : error.stack);
    process.exit(error instanceof UsageError ? 2 : 1);
  },
);
