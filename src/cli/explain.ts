import { parseArgs } from 'node:util';
import { Console, ExitCode, UsageError } from './console';
import { WARNING_PREFIX } from '../findings/annotate';
import { FINDING_CODES, FindingDescription } from '../findings/codes';
import { findingUrl } from '../findings/format';
import { didYouMean } from '../findings/near-miss';

/** Prints what docs/findings.md says about codes, without a network. */
export function explain(args: string[], console: Console): ExitCode {
  const { positionals } = parseArgs({ args, options: {}, allowPositionals: true });
  if (positionals.length === 0) {
    throw new UsageError('explain needs the code of a finding, such as config-unknown-field');
  }
  const codes = positionals.map(codeOf);
  const unknown = codes.find((code) => !isKnown(code));
  if (unknown !== undefined) {
    const hint = didYouMean(unknown, Object.keys(FINDING_CODES)).trim() || `the codes are listed at ${findingUrl('')}`.replace(/#$/, '');
    console.err(`unknown code ${JSON.stringify(unknown)}: ${hint}\n`);
    return ExitCode.USAGE;
  }
  console.out(codes.filter(isKnown).map(describe).join('\n'));
  return ExitCode.OK;
}

/** The code in the id of a warning, `cdk-amp-pagerduty:<code>:<subject>`; a code as it is. */
function codeOf(text: string): string {
  return text.startsWith(WARNING_PREFIX) ? text.slice(WARNING_PREFIX.length).split(':')[0] : text;
}

function isKnown(code: string): code is keyof typeof FINDING_CODES {
  return Object.hasOwn(FINDING_CODES, code);
}

function describe(code: keyof typeof FINDING_CODES): string {
  const { meaning, reason, remedy }: FindingDescription = FINDING_CODES[code];
  return `${code}\n\n${meaning}\n\nWhy: ${reason}\nWhat to do: ${remedy}\n\n${findingUrl(code)}\n`;
}
