import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Aws } from 'aws-cdk-lib';
import { Console, ExitCode, UsageError } from './console';
import { parseQuotas } from './quotas';
import { readInput } from './read-input';
import { AlertManagerConfig } from '../alertmanager/alert-manager-config';
import { AlertManagerConfigOptions, DetailsFormat, Incidents, UnsupportedReceivers } from '../alertmanager/options';
import type { Quotas } from '../amp/read-quotas';
import { Finding, isError } from '../findings/finding';
import { formatFindings, sortFindings } from '../findings/format';
import { checkRuleQuotas } from '../rules/check-rule-quotas';
import { RuleGroups } from '../rules/rule-groups';

const OPTIONS = {
  'rules': { type: 'string', multiple: true },
  'templates': { type: 'string' },
  'unsupported-receivers': { type: 'string', default: 'error' },
  'quota': { type: 'string', multiple: true },
  'json': { type: 'boolean', default: false },
} as const;

/** As in a stack that does not say where it will be deployed. */
const PLACEHOLDER = { scopePath: 'check', topicArn: 'arn:aws:sns:us-east-1:111122223333:topic', region: Aws.REGION };

/** Prints what synthesis would find in the files. */
export function check(args: string[], console: Console): ExitCode {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const unsupportedReceivers = parseUnsupported(values['unsupported-receivers']);
  const quotas = parseQuotas(values.quota ?? []);
  const ruleFiles = [...positionals.filter(isRules), ...(values.rules ?? [])];
  const configs = positionals.filter((path) => !isRules(path));
  if (ruleFiles.length + configs.length === 0) {
    throw new UsageError('check needs a file');
  }
  const findings = sortFindings([
    ...configs.flatMap((path) => checkConfig(path, { templateDirectory: values.templates, unsupportedReceivers }, quotas)),
    ...checkRules(ruleFiles, quotas),
  ]);
  const errors = findings.filter(isError).length;
  console.out(values.json ? `${JSON.stringify(findings.map(toJson), undefined, 2)}\n` : inWords(findings, errors));
  return errors > 0 ? ExitCode.FAILED : ExitCode.OK;
}

function parseUnsupported(text: string): UnsupportedReceivers {
  if (text !== 'warn' && text !== 'error') {
    throw new UsageError(`--unsupported-receivers is warn or error, not ${JSON.stringify(text)}`);
  }
  return text === 'warn' ? UnsupportedReceivers.WARN : UnsupportedReceivers.ERROR;
}

function checkConfig(path: string, options: AlertManagerConfigOptions, quotas: Quotas): readonly Finding[] {
  const config = AlertManagerConfig._fromSource(path, () => readInput(path), options);
  return config._translate({ ...PLACEHOLDER, quotas, incidents: Incidents.PER_GROUP, detailsFormat: DetailsFormat.TEXT }).findings;
}

function checkRules(paths: readonly string[], quotas: Quotas): Finding[] {
  const readings = paths.flatMap((path) => (isDirectory(path) ? RuleGroups.fromDirectory(path) : RuleGroups.fromFile(path))._read(quotas));
  return [...readings.flatMap((reading) => reading.findings), ...checkRuleQuotas(readings, quotas)];
}

/** Whether a path is one of rules and none of an `alertmanager.yml`; what cannot be read is taken for the latter. */
function isRules(path: string): boolean {
  if (isDirectory(path)) {
    return true;
  }
  let text: string;
  try {
    text = readInput(path).toString('utf8');
  } catch {
    return false;
  }
  const isConfig = /^["']?(?:route|receivers)["']?[ \t]*:/m.test(text) || /^\s*\{\s*"(?:global|route|receivers)"/.test(text);
  const isRuleFile = /^["']?(?:groups|kind)["']?[ \t]*:/m.test(text) || /^\s*\{\s*"(?:groups|apiVersion|kind)"/.test(text);
  return !isConfig && (isRuleFile || /^[A-Za-z0-9+/\s]{16,}={0,2}\s*$/.test(text));
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function inWords(findings: readonly Finding[], errors: number): string {
  const warnings = findings.length - errors;
  const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
  const summary = `${count(errors, 'error')}, ${count(warnings, 'warning')}\n`;
  return findings.length === 0 ? summary : `${formatFindings(findings)}\n${summary}`;
}

function toJson({ code, severity, message, fix, path, subject, position }: Finding): object {
  return { code, severity, message, fix, path, subject, ...position };
}
