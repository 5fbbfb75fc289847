import { readOptions, UsageError } from '../command/options';

export interface ChaosArguments {
  readonly story: Story;
  readonly seed: number;
  readonly events: number;
}

const STORIES = ['faults', 'storm', 'hanging'] as const;
export type Story = (typeof STORIES)[number];

const DEFAULT_EVENTS: Readonly<Record<Story, number>> = { faults: 500, storm: 10_000, hanging: 1_000 };

export const HELP = `usage: npm run chaos -- [OPTIONS]

Sends notifications through the bundled functions while everything around them fails: SNS repeats and swaps notifications, Lambda
throttles and kills instances, PagerDuty, proxies, Secrets Manager, and the watermark table answer wrongly or not at all, and
operators rotate keys and redrive. Hours pass on a simulated clock. Then compares each incident with what Alertmanager said last.

  --story faults   everything fails (default)
  --story storm    10,000 notifications of 1,000 groups at once for one routing key, of which PagerDuty accepts 120 requests a minute
                   and counts refused ones, too: at most 1.2 requests for each event needed
  --story hanging  1,000 incidents wait for an endpoint of PagerDuty that hangs, and a webhook hangs: a page for another endpoint
                   leaves within 10 seconds, and at the same millisecond as without the webhook's trouble
  --seed NUMBER    seed of everything that is left to chance (default: 1); the same seed repeats a run exactly
  --events NUMBER  notifications that Alertmanager publishes (default: 500; in a storm 10,000, ten for each group; in the
                   story hanging 1,000, those for the endpoint that hangs)
  --help           print this help

Prints the injected faults by kind, and as its last line what went wrong for somebody:
lost=0 misordered=0 zombies=0 closed-while-firing=0 final-state-mismatches=0

Exit codes: 0 all of these are 0, and the bar of the story is met; 1 otherwise, or the run failed; 2 invalid arguments; 129, 130, or 143 interrupted.
`;

const OPTIONS = {
  story: { type: 'string' },
  seed: { type: 'string' },
  events: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const MAX_SEED = 2 ** 32 - 1;
const MAX_EVENTS = 100_000;

export function readArguments(args: readonly string[]): ChaosArguments | 'help' {
  const { seed, events, story: name = 'faults', help } = readOptions(args, OPTIONS);
  if (help) {
    return 'help';
  }
  const story = STORIES.find((known) => known === name);
  if (story === undefined) {
    throw new UsageError(`--story: "${name}" is not known; use ${STORIES.join(', ')}`);
  }
  return {
    story,
    seed: wholeNumber('--seed', seed ?? '1', 0, MAX_SEED),
    events: wholeNumber('--events', events ?? String(DEFAULT_EVENTS[story]), 1, MAX_EVENTS),
  };
}

function wholeNumber(option: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new UsageError(`${option}: "${text}" is not allowed; use a whole number from ${min} to ${max}`);
  }
  return value;
}
