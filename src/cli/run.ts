import { check } from './check';
import { Console, ExitCode, UsageError } from './console';
import { explain } from './explain';
import { secrets } from './secrets';
import { testRules } from './test-rules';
import { CommandName, optionsOf, usage, USAGES } from './usage';
import { packageVersion } from '../findings/documentation';
import { didYouMean } from '../findings/near-miss';

const COMMANDS: { readonly [name in CommandName]: (args: string[], console: Console) => ExitCode } = {
  'check': check,
  'test': testRules,
  'secrets': (args, console) => secrets(args, console, false),
  'routing-keys': (args, console) => secrets(args, console, true),
  'explain': explain,
};

/** Runs the package's command. Gives the exit code and never throws. */
export function run(argv: readonly string[], console: Console): ExitCode {
  const [command, ...rest] = argv;
  const known = isCommand(command) ? command : undefined;
  try {
    return dispatch(command, rest, console);
  } catch (error) {
    if (error instanceof UsageError || isBadArgument(error)) {
      console.err(describeMistake(error, known));
      return ExitCode.USAGE;
    }
    throw error;
  }
}

/** The message, and where to read more: the whole usage would push it off the screen. */
function describeMistake({ message }: Error, command: CommandName | undefined): string {
  const option = /^Unknown option '(--[^']+)'/.exec(message)?.[1];
  const text = option && command ? `unknown option ${option}: ${didYouMean(option, optionsOf(command))}`.replace(/: $/, '') : message;
  return `${text.trim()}\nrun cdk-amp-pagerduty ${command === undefined ? '' : `${command} `}--help for the usage\n`;
}

function isCommand(name: string | undefined): name is CommandName {
  return name !== undefined && Object.hasOwn(USAGES, name);
}

/** What `parseArgs` throws; its message says what is wrong. */
function isBadArgument(error: unknown): error is Error {
  return typeof error === 'object' && error !== null && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

function dispatch(command: string | undefined, args: string[], console: Console): ExitCode {
  if ([command, ...args].some((argument) => argument === '--help' || argument === '-h') || command === 'help') {
    console.out(usage([command, args[0]].find(isCommand)));
    return ExitCode.OK;
  }
  if (command === '--version') {
    console.out(`${packageVersion()}\n`);
    return ExitCode.OK;
  }
  if (command === undefined) {
    throw new UsageError(`no command given: ${Object.keys(USAGES).join(', ')}`);
  }
  if (!isCommand(command)) {
    throw new UsageError(`unknown command ${JSON.stringify(command)}: ${didYouMean(command, Object.keys(USAGES))}`.replace(/: $/, ''));
  }
  return COMMANDS[command](args, console);
}
