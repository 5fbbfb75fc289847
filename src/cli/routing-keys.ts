import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Console, ExitCode, UsageError } from './console';
import { AlertManagerConfig } from '../alertmanager/alert-manager-config';
import type { AlertmanagerFile } from '../alertmanager/model';
import { readConfig } from '../alertmanager/read/read-config';
import { keyFile, nameRoutingKeys } from '../alertmanager/translate/routing-key-names';
import { isError } from '../findings/finding';
import { formatFindings } from '../findings/format';

const OPTIONS = {
  'key-file': { type: 'string', multiple: true },
  'incomplete': { type: 'boolean', default: false },
} as const;

/**
 * Prints the routing keys by name. What is printed replaces the whole secret, so nothing is printed if a key is not known,
 * unless that is asked for: a secret that lacks a key which it had before would lose pages.
 */
export function routingKeys(args: string[], console: Console): ExitCode {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) {
    throw new UsageError('routing-keys needs one file');
  }
  const given = parseKeyFiles(values['key-file'] ?? []);
  const config = readSoundConfig(path, console);
  if (!config) {
    return ExitCode.FAILED;
  }
  const names = AlertManagerConfig.fromFile(path)._routingKeys();
  const unused = [...given.keys()].filter((name) => !names.has(name));
  if (unused.length > 0) {
    throw new UsageError(`no routing key is called ${unused.map((name) => JSON.stringify(name)).join(', ')}; there are ${[...names.keys()].join(', ') || 'none'}`);
  }
  const files = new Map([...keyFiles(config, path), ...given]);
  const keys = new Map([...names].map(([name, literal]) => [name, given.has(name) ? readKey(files.get(name)) : literal ?? readKey(files.get(name))]));
  return print(keys, files, values.incomplete, console);
}

function print(keys: ReadonlyMap<string, string | undefined>, files: ReadonlyMap<string, string>, incomplete: boolean, console: Console): ExitCode {
  const known = [...keys].filter(([, key]) => key !== undefined);
  for (const [name] of [...keys].filter(([, key]) => key === undefined)) {
    const file = files.get(name);
    const why = file === undefined ? 'the configuration does not have it' : `it cannot be read from ${file}`;
    console.err(`routing key ${JSON.stringify(name)} is not known: ${why}; give it with --key-file ${JSON.stringify(`${name}=PATH`)}\n`);
  }
  if (known.length === 0) {
    console.err('nothing printed: no routing key is known\n');
    return ExitCode.FAILED;
  }
  if (known.length < keys.size && !incomplete) {
    console.err('nothing printed: the secret would lose these keys; with --incomplete, those that are known are printed\n');
    return ExitCode.FAILED;
  }
  console.out(`${JSON.stringify(Object.fromEntries(known), undefined, 2)}\n`);
  return ExitCode.OK;
}

/** The configuration, if its structure is sound; what is wrong goes to the error output. */
function readSoundConfig(path: string, console: Console): AlertmanagerFile | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    console.err(`cannot read ${path}: ${error instanceof Error ? error.message : String(error)}\n`);
    return undefined;
  }
  const { config, findings } = readConfig(text, path);
  const errors = findings.filter(isError);
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

/** The files that the configuration names; Alertmanager reads relative paths from the configuration's directory. */
function keyFiles(config: AlertmanagerFile, path: string): Array<[string, string]> {
  return [...nameRoutingKeys(config)].flatMap(([entry, { name }]): Array<[string, string]> => {
    const file = keyFile(entry);
    return file === undefined ? [] : [[name, resolve(dirname(path), file)]];
  });
}

/** A key file's content as Alertmanager takes it, without the white space around; undefined if there is none. */
function readKey(file: string | undefined): string | undefined {
  try {
    const key = file === undefined ? '' : readFileSync(file, 'utf8').trim();
    return key === '' ? undefined : key;
  } catch {
    return undefined;
  }
}
