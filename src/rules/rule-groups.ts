import { isUtf8 } from 'node:buffer';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Token } from 'aws-cdk-lib';
import { isNamespace, MAX_NAMESPACE_CHARACTERS, namespaceOfFile, validNamespace } from './namespace-name';
import { PromqlVersion } from './promql-version';
import type { RuleFile } from './read-rule-file';
import type { ParsedRuleGroups } from './rule-groups-reading';
import { DEFAULT_QUOTAS, Quotas } from '../amp/read-quotas';
import type { Finding } from '../findings/finding';
import { FindingReporter } from '../findings/reporter';

/** Options of `RuleGroups`. */
export interface RuleGroupsOptions {
  /**
   * The name of the rule groups namespace in AMP: 1 to 64 characters with at least one letter or digit.
   *
   * For a directory, it is the prefix of the namespaces of its files. If a file contains several PrometheusRule resources, their
   * names are appended.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-aps-rulegroupsnamespace.html
   * @default - the base name of the file without its extension, or `rules` for a string
   */
  readonly namespace?: string;

  /**
   * The PromQL that expressions can use.
   *
   * @default PromqlVersion.CORTEX
   */
  readonly promql?: PromqlVersion;
}

/** What the rules are checked against. */
type Settings = Pick<RuleFile, 'shortestIntervalMilliseconds' | 'promql'>;

/** Names of the files in a directory that contain rules. */
const RULE_FILE = /\.(?:ya?ml|rules)$/;

/**
 * Prometheus alerting and recording rules that AMP evaluates.
 *
 * Accepts rule files of an open-source Prometheus unchanged, and `PrometheusRule` resources of Kubernetes
 * (`monitoring.coreos.com/v1`), which are detected automatically. Structure, PromQL, templates, and AMP quotas are checked at
 * synthesis. All findings are reported together, with file, line, and column.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/
 */
export class RuleGroups {
  /**
   * Reads the rules from a file. Relative paths start from the working directory of the app. A missing or unreadable file is
   * reported at synthesis.
   *
   * @param path - the path of the rule file
   * @param options - the name of the namespace
   */
  public static fromFile(path: string, options: RuleGroupsOptions = {}): RuleGroups {
    return new RuleGroups((settings) => readFile(path, options.namespace ?? namespaceOfFile(path), settings), options.promql);
  }

  /**
   * Reads the rules from a string.
   *
   * @param text - the content of a rule file, or a PrometheusRule resource
   * @param options - the name of the namespace
   */
  public static fromString(text: string, options: RuleGroupsOptions = {}): RuleGroups {
    const namespace = options.namespace ?? 'rules';
    return new RuleGroups((settings) => readRules(text, { file: `${namespace} (text)`, namespace, ...settings }), options.promql);
  }

  /**
   * Reads the rules from every file in a directory that ends in `.yml`, `.yaml`, or `.rules`, each into its own namespace. Relative
   * paths start from the working directory of the app. Subdirectories are ignored. A directory without such a file is reported at
   * synthesis.
   *
   * @param path - the path of the directory
   * @param options - the prefix of the namespaces
   */
  public static fromDirectory(path: string, options: RuleGroupsOptions = {}): RuleGroups {
    return new RuleGroups((settings) => readDirectory(path, options.namespace, settings), options.promql);
  }

  /** Results by the minimum interval that the rules were checked against. */
  private readonly readings = new Map<number, readonly ParsedRuleGroups[]>();

  private constructor(
    private readonly read: (settings: Settings) => readonly ParsedRuleGroups[], private readonly promql: PromqlVersion = PromqlVersion.CORTEX,
  ) {}

  /** @internal */
  public _read(quotas: Pick<Quotas, 'minimumRuleIntervalMilliseconds'> = DEFAULT_QUOTAS): readonly ParsedRuleGroups[] {
    const shortest = quotas.minimumRuleIntervalMilliseconds;
    const readings = this.readings.get(shortest) ?? this.read({ shortestIntervalMilliseconds: shortest, promql: this.promql });
    this.readings.set(shortest, readings);
    return readings;
  }
}

function readFile(path: string, namespace: string, settings: Settings): ParsedRuleGroups[] {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return [unreadable(namespace, path, `cannot read rule file ${path}: ${reasonOf(error)}`)];
  }
  if (!isUtf8(bytes)) {
    return [unreadable(namespace, path, `rule file ${path} is not UTF-8 text`, 'rule-file-not-text')];
  }
  return readRules(bytes.toString('utf8'), { file: path, namespace, ...settings });
}

function readRules(text: string, origin: RuleFile): ParsedRuleGroups[] {
  // The readers of YAML and PromQL are loaded on demand, because an app without rules does not need them (docs/benchmarks.md).
  const { readRuleFile } = require('./read-rule-file') as typeof import('./read-rule-file');
  return withCheckedNamespaces(readRuleFile(text, origin));
}

function readDirectory(path: string, prefix: string | undefined, settings: Settings): ParsedRuleGroups[] {
  let names: string[];
  try {
    names = readdirSync(path, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory() && RULE_FILE.test(entry.name))
      .map((entry) => entry.name);
  } catch (error) {
    return [unreadable(prefix ?? namespaceOfFile(path), path, `cannot read directory ${path}: ${reasonOf(error)}`)];
  }
  if (names.length === 0) {
    return [unreadable(prefix ?? namespaceOfFile(path), path, `no file ending in .yml, .yaml or .rules in directory ${path}`)];
  }
  return names.sort().flatMap((name) => {
    const namespace = namespaceOfFile(name);
    return readFile(join(path, name), prefix === undefined ? namespace : withPrefix(prefix, namespace), settings);
  });
}

/** What is known only when it deploys cannot be shortened. */
function withPrefix(prefix: string, namespace: string): string {
  const name = `${prefix}-${namespace}`;
  return Token.isUnresolved(prefix) ? name : validNamespace(name);
}

function unreadable(namespace: string, file: string, message: string, code: Finding['code'] = 'rule-file-missing'): ParsedRuleGroups {
  const reporter = FindingReporter.forText(file, '');
  reporter.error(0, { code, message, fix: code === 'rule-file-missing' ? `correct the path; it is relative to ${process.cwd()}` : 'save the file as UTF-8' });
  return { namespace, data: '', rules: 0, findings: reporter.findings };
}

const REASONS: { readonly [code: string]: string } = {
  ENOENT: 'it does not exist', EISDIR: 'it is a directory', ENOTDIR: 'it is no directory', EACCES: 'access is denied',
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
