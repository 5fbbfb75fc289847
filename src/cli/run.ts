import { check } from './check';
import { Console, ExitCode, UsageError } from './console';
import { explain } from './explain';
import { secrets } from './secrets';
import { packageVersion } from '../findings/documentation';

const USAGE = `usage: cdk-amp-pagerduty <command> [options]

commands:
  check FILE...        check alertmanager.yml files and Prometheus rule files, without a CDK app
    --rules PATH         a rule file, or a directory of them (may be repeated)
    --templates DIR      the directory that paths under "templates:" start from
    --unsupported-receivers warn|error
                         what receivers of other types than PagerDuty and SNS are (default: error)
    --quota NAME=VALUE   a quota of AMP that AWS has raised (may be repeated): routes, inhibitRules, templates, rules,
                         or minimumRuleInterval with a duration such as 10s
    --json               print the findings as JSON

  secrets FILE         print routing keys, webhook URLs, and credentials of an alertmanager.yml as {"name": "value"}, to be
                       piped into
                       aws secretsmanager put-secret-value --secret-id ARN --secret-string file:///dev/stdin
    --key-file NAME=PATH read the entry NAME from a file (may be repeated); by default, from the file that the
                         configuration names, such as routing_key_file or url_file
    --incomplete         print the entries that are known, and leave out the others

  routing-keys FILE    the same for the routing keys of PagerDuty alone

  FILE can be - for standard input, or a pipe: it is read once

  explain CODE...      print what the code of a finding means and what to do, without a network

  --help               print this
  --version            print the version

exit codes: 0 no errors, 1 errors were found, 2 wrong usage
`;

/** Runs the package's command. Gives the exit code and never throws. */
export function run(argv: readonly string[], console: Console): ExitCode {
  const [command, ...rest] = argv;
  try {
    return dispatch(command, rest, console);
  } catch (error) {
    if (error instanceof UsageError || isBadArgument(error)) {
      console.err(`${error.message}\n\n${USAGE}`);
      return ExitCode.USAGE;
    }
    throw error;
  }
}

/** What `parseArgs` throws; its message says what is wrong. */
function isBadArgument(error: unknown): error is Error {
  return typeof error === 'object' && error !== null && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

function dispatch(command: string | undefined, args: string[], console: Console): ExitCode {
  const help = [command, ...args].some((argument) => argument === '--help' || argument === '-h');
  if (help) {
    console.out(USAGE);
    return ExitCode.OK;
  }
  switch (command) {
    case '--version':
      console.out(`${packageVersion()}\n`);
      return ExitCode.OK;
    case 'check': return check(args, console);
    case 'explain': return explain(args, console);
    case 'secrets': return secrets(args, console, false);
    case 'routing-keys': return secrets(args, console, true);
    case undefined: throw new UsageError('no command given');
    default: throw new UsageError(`unknown command ${JSON.stringify(command)}`);
  }
}
