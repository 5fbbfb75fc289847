import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Console, ExitCode, UsageError } from './console';
import { readInput } from './read-input';
import { parseSysdigReceivers } from './webhook-targets';
import { AlertManagerConfig } from '../alertmanager/alert-manager-config';
import type { NamedSecret } from '../alertmanager/translate/secret-names';
import { isError } from '../findings/finding';
import { formatFindings } from '../findings/format';

const OPTIONS = {
  'key-file': { type: 'string', multiple: true },
  'sysdig': { type: 'string', multiple: true },
  'incomplete': { type: 'boolean', default: false },
} as const;

/** A value that the secret needs, and why it is not known if it is not. */
interface ResolvedSecret {
  readonly name: string;
  readonly value?: string;
  readonly problem?: string;
}

/**
 * Prints the values of the secret by name. What is printed replaces the whole secret, so nothing is printed if a value is not known,
 * unless that is asked for: a secret that lacks a value which it had before would lose pages.
 *
 * @param onlyRoutingKeys whether to print PagerDuty's keys alone.
 */
export function secrets(args: string[], console: Console, onlyRoutingKeys: boolean): ExitCode {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) {
    throw new UsageError(`${onlyRoutingKeys ? 'routing-keys' : 'secrets'} needs one file`);
  }
  const given = parseKeyFiles(values['key-file'] ?? []);
  const config = readSoundConfig(path, console);
  if (!config) {
    return ExitCode.FAILED;
  }
  const targets = parseSysdigReceivers(values.sysdig ?? []);
  const unbound = config._unboundTargets(targets);
  if (unbound.length > 0) {
    throw new UsageError(`no receiver with webhook_configs on a route is called ${unbound.map((name) => JSON.stringify(name)).join(', ')}`);
  }
  const named = config._secrets(onlyRoutingKeys, targets);
  const unused = [...given.keys()].filter((name) => !named.some((secret) => secret.name === name));
  if (unused.length > 0) {
    throw new UsageError(`no entry is called ${unused.map((name) => JSON.stringify(name)).join(', ')}; there are ${named.map(({ name }) => name).join(', ') || 'none'}`);
  }
  const directory = path === '-' ? '.' : dirname(path);
  return print(named.map((secret) => resolveSecret(secret, given.get(secret.name), directory)), values.incomplete, console);
}

function resolveSecret({ name, value, file, problem }: NamedSecret, given: string | undefined, directory: string): ResolvedSecret {
  if (given === undefined && problem !== undefined) {
    return { name, problem: `the value in the configuration ${problem}` };
  }
  if (given === undefined && value !== undefined) {
    return { name, value };
  }
  // Alertmanager reads relative paths from the configuration's directory.
  const source = given ?? (file === undefined ? undefined : resolve(directory, file));
  const content = readValue(source);
  return content === undefined
    ? { name, problem: source === undefined ? 'the configuration does not have it' : `it cannot be read from ${source}` }
    : { name, value: content };
}

function print(secrets_: readonly ResolvedSecret[], incomplete: boolean, console: Console): ExitCode {
  const known = secrets_.filter(({ value }) => value !== undefined);
  for (const { name, problem } of secrets_.filter(({ value }) => value === undefined)) {
    console.err(`entry ${JSON.stringify(name)} is not known: ${problem}; give it with --key-file ${JSON.stringify(`${name}=PATH`)}\n`);
  }
  if (known.length === 0) {
    console.err('nothing printed: no entry is known\n');
    return ExitCode.FAILED;
  }
  if (known.length < secrets_.length && !incomplete) {
    console.err('nothing printed: the secret would lose these entries; with --incomplete, those that are known are printed\n');
    return ExitCode.FAILED;
  }
  console.out(`${JSON.stringify(Object.fromEntries(known.map(({ name, value }) => [name, value])), undefined, 2)}\n`);
  return ExitCode.OK;
}

/** The configuration, if its structure is sound; what is wrong goes to the error output. The file is read once. */
function readSoundConfig(path: string, console: Console): AlertManagerConfig | undefined {
  try {
    readInput(path);
  } catch (error) {
    console.err(`cannot read ${path}: ${error instanceof Error ? error.message : String(error)}\n`);
    return undefined;
  }
  const config = AlertManagerConfig._fromSource(path, () => readInput(path));
  const errors = config._readFindings().filter(isError);
  if (errors.length > 0) {
    console.err(`${formatFindings(errors)}\nnothing printed: correct the configuration first\n`);
    return undefined;
  }
  return config;
}

function parseKeyFiles(options: readonly string[]): Map<string, string> {
  return new Map(options.map((option) => {
    const equals = option.lastIndexOf('=');
    if (equals < 1 || equals === option.length - 1) {
      throw new UsageError(`--key-file is NAME=PATH, not ${JSON.stringify(option)}`);
    }
    return [option.slice(0, equals), option.slice(equals + 1)];
  }));
}

/** A file's content as Alertmanager takes it, without the white space around; undefined if there is none. */
function readValue(file: string | undefined): string | undefined {
  try {
    const value = file === undefined ? '' : readFileSync(file, 'utf8').trim();
    return value === '' ? undefined : value;
  } catch {
    return undefined;
  }
}
