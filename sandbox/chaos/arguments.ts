import { readOptions, UsageError } from '../command/options';

export interface ChaosArguments {
  readonly seed: number;
  readonly events: number;
}

export const HELP = `usage: npm run chaos -- [OPTIONS]

Sends notifications through the bundled functions while everything around them fails: SNS repeats and swaps notifications, Lambda
throttles and kills instances, PagerDuty, proxies, Secrets Manager, and the watermark table answer wrongly or not at all, and
operators rotate keys and redrive. Hours pass on a simulated clock. Then compares each incident with what Alertmanager said last.

  --seed NUMBER    seed of everything that is left to chance (default: 1); the same seed repeats a run exactly
  --events NUMBER  notifications that Alertmanager publishes (default: 500)
  --help           print this help

Prints the injected faults by kind, and as its last line what went wrong for somebody:
lost=0 misordered=0 zombies=0 closed-while-firing=0 final-state-mismatches=0

Exit codes: 0 all of these are 0; 1 one is not, or the run failed; 2 invalid arguments; 129, 130, or 143 interrupted.
`;

const OPTIONS = {
  seed: { type: 'string' },
  events: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const MAX_SEED = 2 ** 32 - 1;
const MAX_EVENTS = 100_000;

export function readArguments(args: readonly string[]): ChaosArguments | 'help' {
  const { seed, events, help } = readOptions(args, OPTIONS);
  if (help) {
    return 'help';
  }
  return { seed: wholeNumber('--seed', seed ?? '1', 0, MAX_SEED), events: wholeNumber('--events', events ?? '500', 1, MAX_EVENTS) };
}

function wholeNumber(option: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new UsageError(`${option}: "${text}" is not allowed; use a whole number from ${min} to ${max}`);
  }
  return value;
}
