import { isMap, Node } from 'yaml';
import { checkGroups, GroupsContext, THANOS_FIELD } from './check-groups';
import { refuseUnknownFields } from './check-rule';
import { join, KubernetesObject, kubernetesObjects } from './kubernetes';
import { validNamespace } from './namespace-name';
import type { ParsedRuleGroups } from './parsed-rule-groups';
import type { PromqlVersion } from './promql-version';
import { writeGroups } from './write-groups';
import type { Finding } from '../findings/finding';
import { FindingReporter } from '../findings/reporter';
import { TextPosition } from '../findings/text-position';
import { normalizeText, readYaml } from '../yaml/document';
import { FieldReader } from '../yaml/field-reader';
import { FILE_KIND_NAMES, FileKind, isHelmTemplate, recognizeFile } from '../yaml/file-kind';
import type { YamlFormat } from '../yaml/format';
import { mightBeRefusedByGoYaml } from '../yaml/go-yaml';
import { indentContinuations } from '../yaml/indent-continuations';

/** AMP's limit for a rule groups namespace; it cannot be raised. */
export const MAX_NAMESPACE_BYTES = 1_000_000;

/** Where a text comes from, and what its rules can ask for. */
export interface RuleFile {
  /** What findings call it. */
  readonly file: string;
  readonly namespace: string;
  /** The quota of AMP. */
  readonly shortestIntervalMilliseconds: number;
  readonly promql: PromqlVersion;
}

/** Prometheus decodes rules with go-yaml v3. All documents are read: Kubernetes manifests can be several. */
const RULES_YAML: YamlFormat = {
  dialect: 'v3',
  firstDocumentOnly: false,
  hasSecrets: false,
  codes: {
    syntax: 'rule-file-invalid-yaml',
    character: 'rule-file-not-text',
    alias: 'rule-file-invalid-yaml',
    wrongType: 'rule-wrong-type',
    duplicateKey: 'rule-file-duplicate-key',
    ignoredDocument: 'rule-file-extra-documents',
  },
};

/** Reads the text of a rule file, or of Kubernetes manifests with rules in them. Never throws, whatever the text is. */
export function readRuleFile(text: string, origin: RuleFile): ParsedRuleGroups[] {
  const { file, namespace } = origin;
  const data = text.replace(/^\uFEFF/, '');
  const { text: source, addedColumns } = indentContinuations(normalizeText(text));
  const reporter = FindingReporter.forText(file, new TextPosition(source, addedColumns));
  const isOther = isBase64(source, file, reporter) || reportOtherKind(source, reporter);
  const documents = isOther ? undefined : readYaml(source, RULES_YAML, reporter);
  if (!documents) {
    const findings = !isOther && isHelmTemplate(source) ? helmTemplateFindings(source, file) : reporter.findings;
    return [{ namespace, data, rules: 0, groups: 0, findings }];
  }
  const reader = new RuleFileReader(source, data, origin, new FieldReader(documents, reporter));
  return reader.read(documents.roots);
}

/** The AWS CLI takes rule files encoded; here the encoding is CloudFormation's business. */
function isBase64(text: string, file: string, reporter: FindingReporter): boolean {
  if (!/^[A-Za-z0-9+/\s]{16,}={0,2}\s*$/.test(text)) {
    return false;
  }
  const decoded = Buffer.from(text, 'base64').toString('utf8');
  if (!/^\s*["']?(?:groups|apiVersion|kind)["']?\s*:/m.test(decoded)) {
    return false;
  }
  reporter.error(0, {
    code: 'rule-file-base64',
    message: 'the file is a rule file encoded in base64',
    fix: `give the rule file itself, or decode this one: base64 -d ${file} > rules.yml`,
  });
  return true;
}

/** Files that people keep beside their rules: one finding says more than one for each of their fields. */
const OTHER_KINDS: { readonly [kind in FileKind]?: string } = {
  'alertmanager': 'pass it to the construct as alertManagerConfig',
  'alertmanager-config': 'give the rule file or the PrometheusRule',
  'amp-definition': 'give the rule file; AlertManagerConfig reads definitions',
  'helm-values': 'give the rule files that the chart renders: helm template',
  'kustomization': 'give the files that it lists, or the output of: kubectl kustomize',
  'prometheus': 'give the files that rule_files: names',
  'secret': 'give the rule file; AlertManagerConfig reads the Secret of an Alertmanager',
  'unit-test': 'give the files that rule_files: names; run the tests with: npx cdk-amp-pagerduty test FILE',
};

/** What the YAML reader says of a chart's source helps nobody. */
function helmTemplateFindings(text: string, file: string): readonly Finding[] {
  const reporter = FindingReporter.forText(file, text);
  reporter.error(text.indexOf('{{'), {
    code: 'rule-file-not-rules',
    message: 'the file is the source of a Helm chart, with actions that are not YAML',
    fix: 'give what the chart renders: helm template CHART > rules.yml',
  });
  return reporter.findings;
}

function reportOtherKind(text: string, reporter: FindingReporter): boolean {
  const kind = recognizeFile(text);
  if (kind === 'rules' || kind === 'unknown' || kind === 'kubernetes') {
    return false;
  }
  reporter.error(0, { code: 'rule-file-not-rules', message: `the file is ${FILE_KIND_NAMES[kind]}, not a rule file`, fix: OTHER_KINDS[kind] });
  return true;
}

class RuleFileReader {
  public constructor(
    private readonly source: string, private readonly data: string, private readonly origin: RuleFile, private readonly values: FieldReader,
  ) {}

  public read(roots: ReadonlyArray<Node | undefined>): ParsedRuleGroups[] {
    const objects = roots.map((root) => (root ? kubernetesObjects(this.values, root, '') : undefined));
    return objects.some((object) => object !== undefined) ? this.readManifests(roots, objects) : [this.readPlain(roots)];
  }

  private readPlain([root, ...others]: ReadonlyArray<Node | undefined>): ParsedRuleGroups {
    const { values, data, origin: { namespace } } = this;
    for (const other of others.filter((node) => !values.isNull(node))) {
      values.reporter.error({ offset: other?.range?.[0] }, {
        code: 'rule-file-extra-documents',
        message: 'another YAML document, which Prometheus would ignore',
        fix: 'put its groups under the first groups:, or into a file of their own',
      });
    }
    const isMapping = values.isNull(root) || isMap(values.resolve(root));
    const fields = isMapping ? values.fields(root, '') ?? [] : [];
    refuseUnknownFields(values, fields, ['groups'], '');
    const groups = fields.find(({ name }) => name === 'groups');
    if (!groups && !values.isNull(root)) {
      values.reporter.error({ offset: root?.range?.[0] }, { code: 'rule-file-not-rules', message: 'no groups: in the file, so it is no rule file' });
    }
    const { rules, groups: count, isStorable } = checkGroups(this.contextOf(false), groups?.value, 'groups');
    if (values.isNull(root)) {
      values.reporter.error(0, { code: 'rule-file-empty', message: 'the file is empty', fix: 'write groups: and rules, or leave the file out' });
    } else {
      this.warnIfEmpty(rules, groups?.key);
    }
    const isReadByAmp = isStorable && !mightBeRefusedByGoYaml(data);
    const written = isReadByAmp || values.reporter.errorCount > 0 ? data : writeGroups(values, groups?.value, MAX_NAMESPACE_BYTES, new Set());
    this.refuseSize(written);
    return { namespace, data: written ?? '', rules, groups: count, findings: values.reporter.findings };
  }

  /** A namespace for each PrometheusRule: Prometheus' operator makes a file of each, and groups can be called the same in them. */
  private readManifests(
    roots: ReadonlyArray<Node | undefined>, objects: ReadonlyArray<readonly KubernetesObject[] | undefined>,
  ): ParsedRuleGroups[] {
    const all = objects.flatMap((found) => found ?? []);
    const resources = all.filter((object) => object.isPrometheusRule);
    this.remarkOthers(roots, objects, all);
    const names = this.namespacesOf(resources);
    const readings = resources.map((resource, index) => this.readResource(resource, names[index]));
    const findings = this.values.reporter.findings;
    // One file, one list of findings: they go with the first namespace.
    return readings.length === 0
      ? [{ namespace: this.origin.namespace, data: this.data, rules: 0, groups: 0, findings }]
      : readings.map((reading, index) => ({ ...reading, findings: index === 0 ? findings : [] }));
  }

  private remarkOthers(
    roots: ReadonlyArray<Node | undefined>, objects: ReadonlyArray<readonly KubernetesObject[] | undefined>, all: readonly KubernetesObject[],
  ): void {
    const { reporter } = this.values;
    roots.filter((root, index) => !objects[index] && !this.values.isNull(root)).forEach((root) => reporter.error({ offset: root?.range?.[0] }, {
      code: 'rule-file-extra-documents', message: 'a YAML document among Kubernetes manifests that is none', fix: 'put it into a file of its own',
    }));
    const others = all.filter((object) => !object.isPrometheusRule);
    const kinds = [...new Set(others.map(({ kind }) => kind))].join(', ');
    if (others.length === all.length) {
      reporter.error({ offset: others[0]?.node.range?.[0] }, {
        code: 'rule-file-not-rules',
        message: `a Kubernetes manifest without a PrometheusRule of monitoring.coreos.com or monitoring.rhobs (${kinds || 'an empty list'})`,
        fix: 'give the manifest with the PrometheusRule',
      });
    } else if (others.length > 0) {
      reporter.warning({ offset: others[0].node.range?.[0] }, {
        code: 'rule-other-resources', message: `${others.length} Kubernetes resources that are no PrometheusRule are left out (${kinds})`,
      });
    }
  }

  private namespacesOf(resources: readonly KubernetesObject[]): string[] {
    if (resources.length === 1) {
      return [this.origin.namespace];
    }
    const names = resources.map(({ name }) => name);
    const ambiguous = new Set(names).size < names.length;
    return resources.map(({ name, namespace }) => validNamespace([this.origin.namespace, ambiguous ? namespace : '', name].filter((part) => part !== '').join('-')));
  }

  private readResource(resource: KubernetesObject, namespace: string): ParsedRuleGroups {
    const path = join(resource.path, 'spec');
    const fields = this.values.fields(resource.spec, path) ?? [];
    refuseUnknownFields(this.values, fields, ['groups'], path);
    const groups = fields.find(({ name }) => name === 'groups')?.value;
    const { rules, groups: count } = checkGroups(this.contextOf(true), groups, join(path, 'groups'));
    this.warnIfEmpty(rules, resource.node, resource.name);
    const data = writeGroups(this.values, groups, MAX_NAMESPACE_BYTES, new Set([THANOS_FIELD]));
    this.refuseSize(data);
    return { namespace, data: data ?? '', rules, groups: count, findings: [] };
  }

  private contextOf(kubernetes: boolean): GroupsContext {
    const { source, values, origin: { shortestIntervalMilliseconds, promql } } = this;
    return { source, values, kubernetes, shortestIntervalMilliseconds, promql };
  }

  private warnIfEmpty(rules: number, node: Node | undefined, subject?: string): void {
    if (rules === 0 && this.values.reporter.errorCount === 0) {
      this.values.reporter.warning({ offset: node?.range?.[0] }, { code: 'rule-file-empty', message: 'no rules here', fix: 'add rules, or leave the file out', subject });
    }
  }

  private refuseSize(data: string | undefined): void {
    const bytes = data === undefined ? undefined : Buffer.byteLength(data);
    if (bytes === undefined || bytes > MAX_NAMESPACE_BYTES) {
      this.values.reporter.error(0, {
        code: 'rule-file-too-large',
        message: `${bytes ?? 'too many'} bytes of rules, AMP accepts ${MAX_NAMESPACE_BYTES} in a namespace`,
        fix: 'split the file: each file becomes a namespace of its own. If the template then is too large, use AmpRules in another stack',
      });
    }
  }
}
