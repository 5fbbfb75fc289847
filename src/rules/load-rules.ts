import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Token } from 'aws-cdk-lib';
import { isNamespace, MAX_NAMESPACE_CHARACTERS, namespaceOfFile, validNamespace } from './namespace-name';
import type { ParsedRuleGroups } from './parsed-rule-groups';
import type { RuleFile } from './read-rule-file';
import { findRuleFiles, RuleDirectory } from './rule-directory';
import type { Finding } from '../findings/finding';
import { fixMissingFile } from '../findings/missing-file';
import { FindingReporter } from '../findings/reporter';

/** What the rules are checked against. */
export type RuleSettings = Pick<RuleFile, 'shortestIntervalMilliseconds' | 'promql'>;

/** Reads and checks a rule file. What cannot be read is a finding. */
export function loadRuleFile(path: string, namespace: string, settings: RuleSettings): ParsedRuleGroups[] {
  try {
    return loadRuleBytes(readFileSync(path), path, namespace, settings);
  } catch (error) {
    return [unreadable(namespace, path, `cannot read rule file ${path}: ${reasonOf(error)}`)];
  }
}

/** Checks the content of a rule file. */
export function loadRuleBytes(bytes: Uint8Array, file: string, namespace: string, settings: RuleSettings): ParsedRuleGroups[] {
  if (!isUtf8(bytes)) {
    return [unreadable(namespace, file, `rule file ${file} is not UTF-8 text`, 'rule-file-not-text')];
  }
  return loadRuleText(Buffer.from(bytes).toString('utf8'), { file, namespace, ...settings });
}

/** Checks the text of a rule file. JavaScript lets through what is none. */
export function loadRuleText(text: unknown, origin: RuleFile): ParsedRuleGroups[] {
  if (typeof text !== 'string') {
    return [unreadable(origin.namespace, origin.file, `the rules in ${origin.file} are not a string`, 'rule-file-not-text', 'give the content of a rule file as a string')];
  }
  // The readers of YAML and PromQL are loaded on demand, because an app without rules does not need them (docs/benchmarks.md).
  const { readRuleFile } = require('./read-rule-file') as typeof import('./read-rule-file');
  return withCheckedNamespaces(readRuleFile(text, origin));
}

/** Reads and checks the rule files in a directory and below it. What is skipped is a warning. */
export function loadRuleDirectory(directory: string, prefix: string | undefined, settings: RuleSettings): ParsedRuleGroups[] {
  const own = prefix ?? namespaceOfFile(directory);
  let found: RuleDirectory;
  try {
    found = findRuleFiles(directory);
  } catch (error) {
    return [unreadable(own, directory, `cannot read directory ${directory}: ${reasonOf(error)}`)];
  }
  const warnings = found.skipped.flatMap(({ path, reason, fix }) => {
    const reporter = FindingReporter.forText(join(directory, path), '');
    reporter.warning(0, { code: 'rule-file-skipped', message: `${path} ${reason}; it is skipped`, fix, subject: path });
    return reporter.findings;
  });
  if (found.files.length === 0) {
    const empty = unreadable(own, directory, `no rule file (.yml, .yaml, .rules, or another file with groups) in directory ${directory}`);
    return [{ ...empty, findings: [...empty.findings, ...warnings] }];
  }
  const readings = found.files.flatMap((path) => {
    const namespace = validNamespace(path.replace(/\.[^./]*$/, ''));
    return loadRuleFile(join(directory, path), prefix === undefined ? namespace : withPrefix(prefix, namespace), settings);
  });
  return readings.map((reading, index) => (index === 0 ? { ...reading, findings: [...reading.findings, ...warnings] } : reading));
}

/** What is known only when it deploys cannot be shortened. */
function withPrefix(prefix: string, namespace: string): string {
  const name = `${prefix}-${namespace}`;
  return Token.isUnresolved(prefix) ? name : validNamespace(name);
}

function unreadable(
  namespace: string, file: string, message: string, code: Finding['code'] = 'rule-file-missing',
  fix = code === 'rule-file-missing' ? fixMissingFile(file) : 'save the file as UTF-8',
): ParsedRuleGroups {
  const reporter = FindingReporter.forText(file, '');
  reporter.error(0, { code, message, fix });
  return { namespace, data: '', rules: 0, groups: 0, findings: reporter.findings };
}

const REASONS: { readonly [code: string]: string } = {
  ENOENT: 'it does not exist', EISDIR: 'it is a directory', ENOTDIR: 'it is not a directory', EACCES: 'access is denied',
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return REASONS[String(code)] ?? String(code ?? error);
}

function withCheckedNamespaces(readings: readonly ParsedRuleGroups[]): ParsedRuleGroups[] {
  return readings.map((reading) => {
    const reporter = FindingReporter.forProps();
    if (!isNamespace(reading.namespace)) {
      reporter.error('namespace', {
        code: 'rule-namespace-invalid',
        message: `namespace ${JSON.stringify(reading.namespace)} is not allowed`,
        fix: `give 1 to ${MAX_NAMESPACE_CHARACTERS} characters, at least one of them a letter or digit`,
      });
    }
    return { ...reading, findings: [...reading.findings, ...reporter.findings] };
  });
}
