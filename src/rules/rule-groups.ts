import { loadRuleBytes, loadRuleDirectory, loadRuleFile, loadRuleText, RuleSettings } from './load-rules';
import { namespaceOfFile } from './namespace-name';
import type { ParsedRuleGroups } from './parsed-rule-groups';
import { PromqlVersion } from './promql-version';
import { DEFAULT_QUOTAS, Quotas } from '../amp/read-quotas';
import { presentOptions } from '../findings/present-options';

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

/**
 * Prometheus alerting and recording rules that AMP evaluates.
 *
 * Accepts rule files of an open-source Prometheus unchanged, and `PrometheusRule` resources of Kubernetes
 * (`monitoring.coreos.com/v1` or `monitoring.rhobs/v1`), which are detected automatically. Structure, PromQL, templates, and AMP quotas are checked at
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
    return new RuleGroups((settings, namespace) => loadRuleFile(path, namespace ?? namespaceOfFile(path), settings), options);
  }

  /**
   * Reads the rules from a string.
   *
   * @param text - the content of a rule file, or a PrometheusRule resource
   * @param options - the name of the namespace
   */
  public static fromString(text: string, options: RuleGroupsOptions = {}): RuleGroups {
    return new RuleGroups((settings, namespace = 'rules') => loadRuleText(text, { file: `${namespace} (text)`, namespace, ...settings }), options);
  }

  /**
   * Reads the rules from the files in a directory and in the directories below it, each into its own namespace. Relative paths start
   * from the working directory of the app.
   *
   * Files that end in `.yml`, `.yaml`, or `.rules` are read, and files such as `.json` or `.alerts` if they contain groups. Unit tests
   * of rules, kustomizations, and other files of this kind are skipped with a warning. Names that begin with a dot and `node_modules`
   * are ignored. The namespace of `db/disk.yml` is `db-disk`. A directory without a rule file is reported at synthesis.
   *
   * @param path - the path of the directory
   * @param options - the prefix of the namespaces
   */
  public static fromDirectory(path: string, options: RuleGroupsOptions = {}): RuleGroups {
    return new RuleGroups((settings, namespace) => loadRuleDirectory(path, namespace, settings), options);
  }

  /**
   * The rules of a file that was read already, for the command: standard input can be read once only.
   *
   * @internal
   */
  public static _fromBytes(bytes: Uint8Array, file: string, options: RuleGroupsOptions = {}): RuleGroups {
    return new RuleGroups((settings) => loadRuleBytes(bytes, file, namespaceOfFile(file), settings), options);
  }

  /** Results by the minimum interval that the rules were checked against. */
  private readonly readings = new Map<number, readonly ParsedRuleGroups[]>();

  private readonly options: RuleGroupsOptions;

  private constructor(
    private readonly load: (settings: RuleSettings, namespace?: string) => readonly ParsedRuleGroups[], options: RuleGroupsOptions,
  ) {
    this.options = presentOptions(options);
  }

  /** @internal */
  public _read(quotas: Pick<Quotas, 'minimumRuleIntervalMilliseconds'> = DEFAULT_QUOTAS): readonly ParsedRuleGroups[] {
    const shortest = quotas.minimumRuleIntervalMilliseconds;
    const { namespace, promql = PromqlVersion.CORTEX } = this.options;
    const readings = this.readings.get(shortest) ?? this.load({ shortestIntervalMilliseconds: shortest, promql }, namespace);
    this.readings.set(shortest, readings);
    return readings;
  }
}
