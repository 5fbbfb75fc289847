import { statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Aws } from 'aws-cdk-lib';
import { choose, parsePromql } from './choose';
import { inCommandTerms } from './command-terms';
import { Console, ExitCode, UsageError } from './console';
import { Format, FORMATS, formatGitHub, formatJson, formatSarif, formatText } from './formats';
import { parseQuotas } from './quotas';
import { readInput } from './read-input';
import { parseSysdigReceivers } from './webhook-targets';
import { AlertManagerConfig } from '../alertmanager/alert-manager-config';
import type { AlertmanagerFile } from '../alertmanager/model';
import { DetailsFormat, Incidents, UnsupportedReceivers } from '../alertmanager/options';
import type { WebhookTargets } from '../alertmanager/translate/transports/sysdig';
import type { Quotas } from '../amp/read-quotas';
import { checkSeverities, hasTemplatedSeverity, SEVERITY_NOTE } from '../check-severities';
import { Finding, isError } from '../findings/finding';
import { sortFindings } from '../findings/format';
import { PagerDutyRegion } from '../relay/pagerduty-region';
import { checkNamespaces, checkRuleQuotas } from '../rules/check-namespaces';
import type { ParsedRuleGroups } from '../rules/parsed-rule-groups';
import type { PromqlVersion } from '../rules/promql-version';
import { findRuleFiles } from '../rules/rule-directory';
import { RuleGroups } from '../rules/rule-groups';
import { decodeBase64, FileKind, recognizeFile } from '../yaml/file-kind';

const OPTIONS = {
  'rules': { type: 'string', multiple: true },
  'templates': { type: 'string' },
  'unsupported-receivers': { type: 'string', default: 'error' },
  'pagerduty-region': { type: 'string' },
  'promql': { type: 'string', default: 'cortex' },
  'sysdig': { type: 'string', multiple: true },
  'quota': { type: 'string', multiple: true },
  'strict': { type: 'boolean', default: false },
  'format': { type: 'string' },
  'json': { type: 'boolean', default: false },
  'no-color': { type: 'boolean', default: false },
} as const;

/** As in a stack that does not say where it will be deployed. */
const PLACEHOLDER = { scopePath: 'check', topicArn: 'arn:aws:sns:us-east-1:111122223333:topic', region: Aws.REGION };

interface Settings {
  readonly templateDirectory?: string;
  readonly unsupportedReceivers: UnsupportedReceivers;
  readonly pagerDutyRegion?: PagerDutyRegion;
  readonly promql: PromqlVersion;
  readonly quotas: Quotas;
  readonly webhookTargets: WebhookTargets;
}

/** What was checked, and what was found. */
interface Checked {
  readonly configs: AlertmanagerFile[];
  configFiles: number;
  readonly namespaces: ParsedRuleGroups[];
  readonly findings: Finding[];
}

/** Prints what synthesis would find in the files. */
export function check(args: string[], console: Console): ExitCode {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const settings: Settings = {
    templateDirectory: values.templates,
    unsupportedReceivers: choose('--unsupported-receivers', values['unsupported-receivers'], { warn: UnsupportedReceivers.WARN, error: UnsupportedReceivers.ERROR }),
    pagerDutyRegion: parseRegion(values['pagerduty-region']),
    promql: parsePromql(values.promql),
    quotas: parseQuotas(values.quota ?? []),
    webhookTargets: parseSysdigReceivers(values.sysdig ?? []),
  };
  const format = parseFormat(values.format, values.json);
  const rules = values.rules ?? [];
  if (positionals.length + rules.length === 0) {
    throw new UsageError('check needs a file');
  }
  if ([...positionals, ...rules].filter((path) => path === '-').length > 1) {
    throw new UsageError('standard input (-) can be read once');
  }
  const checked: Checked = { configs: [], configFiles: 0, namespaces: [], findings: [] };
  positionals.forEach((path) => checkPath(path, settings, checked));
  rules.forEach((path) => checkRules(path, settings, checked));
  const findings = sortFindings([
    ...checked.findings,
    ...checked.namespaces.flatMap((namespace) => namespace.findings),
    ...checkNamespaces(checked.namespaces),
    ...checkRuleQuotas(checked.namespaces, settings.quotas),
    ...checkSeverities(checked.configs, checked.namespaces),
  ]).map(inCommandTerms);
  print(findings, checked, format, [...positionals, ...rules][0], !values['no-color'] && console.colors === true, console);
  return findings.some((finding) => values.strict || isError(finding)) ? ExitCode.FAILED : ExitCode.OK;
}

function parseRegion(text: string | undefined): PagerDutyRegion | undefined {
  if (text === undefined) {
    return undefined;
  }
  return text.startsWith('https://') ? PagerDutyRegion.endpoint(text) : choose('--pagerduty-region', text, { us: PagerDutyRegion.US, eu: PagerDutyRegion.EU });
}

function parseFormat(text: string | undefined, json: boolean): Format {
  const format = FORMATS.find((known) => known === (text ?? (json ? 'json' : 'text')));
  if (!format || (json && format !== 'json')) {
    throw new UsageError(format ? '--json and --format exclude each other' : `--format is one of ${FORMATS.join(', ')}, not ${JSON.stringify(text)}`);
  }
  return format;
}

/** A path that is not said to be one of rules: every file is recognized by its content. */
function checkPath(path: string, settings: Settings, checked: Checked): void {
  if (isDirectory(path)) {
    checkDirectory(path, settings, checked);
    return;
  }
  if (isRules(path)) {
    checkRules(path, settings, checked);
  } else {
    checkConfig(path, settings, checked);
  }
}

const RULE_KINDS: ReadonlySet<FileKind> = new Set(['rules', 'unit-test', 'kustomization', 'prometheus', 'kubernetes']);

/** What cannot be read is taken for an `alertmanager.yml`. */
function isRules(path: string): boolean {
  const text = readIfPossible(path)?.toString('utf8') ?? '';
  return RULE_KINDS.has(recognizeFile(text)) || recognizeFile(decodeBase64(text) ?? '') === 'rules';
}

function readIfPossible(path: string): Buffer | undefined {
  try {
    return readInput(path);
  } catch {
    return undefined;
  }
}

function checkConfig(path: string, settings: Settings, checked: Checked): void {
  const config = AlertManagerConfig._fromSource(path, () => readInput(path), settings);
  const { findings } = config._translate({
    ...PLACEHOLDER,
    quotas: settings.quotas,
    webhookTargets: settings.webhookTargets,
    pagerDutyRegion: settings.pagerDutyRegion,
    incidents: Incidents.PER_GROUP,
    detailsFormat: DetailsFormat.TEXT,
  });
  checked.configFiles += 1;
  checked.configs.push(...[config._read().config].filter((read) => read !== undefined));
  checked.findings.push(...findings);
}

function checkRules(path: string, settings: Settings, checked: Checked): void {
  if (isDirectory(path)) {
    checked.namespaces.push(...RuleGroups.fromDirectory(path, settings)._read(settings.quotas));
  } else {
    const bytes = readIfPossible(path);
    const name = path === '-' ? 'standard input' : path;
    const rules = bytes ? RuleGroups._fromBytes(bytes, name, settings) : RuleGroups.fromFile(path, settings);
    checked.namespaces.push(...rules._read(settings.quotas));
  }
}

/** A directory is checked file by file: its alertmanager.yml is not a rule file that lacks groups. */
function checkDirectory(path: string, settings: Settings, checked: Checked): void {
  const { files, skipped } = findRuleFiles(path);
  const configs = skipped.filter(({ kind }) => kind === 'alertmanager' || kind === 'amp-definition').map((file) => join(path, file.path));
  configs.forEach((config) => checkConfig(config, settings, checked));
  if (files.length > 0 || configs.length === 0) {
    const namespaces = RuleGroups.fromDirectory(path, settings)._read(settings.quotas);
    checked.namespaces.push(...namespaces.map((namespace) => ({
      ...namespace,
      findings: namespace.findings.filter(({ code, position }) => !(code === 'rule-file-skipped' && configs.includes(position?.file ?? ''))),
    })));
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function print(findings: readonly Finding[], checked: Checked, format: Format, file: string, colors: boolean, console: Console): void {
  switch (format) {
    case 'json': return console.out(formatJson(findings));
    case 'github': return console.out(formatGitHub(findings));
    case 'sarif': return console.out(formatSarif(findings, file));
    default: return console.out(`${formatText(findings, colors)}${summarize(findings, checked)}`);
  }
}

function summarize(findings: readonly Finding[], { configs, configFiles, namespaces }: Checked): string {
  const errors = findings.filter(isError).length;
  const sum = (field: 'rules' | 'groups'): number => namespaces.reduce((total, namespace) => total + namespace[field], 0);
  const what = [
    ...(configFiles > 0 ? [count(configFiles, 'alertmanager file')] : []),
    ...(namespaces.length > 0 ? [`${count(sum('rules'), 'rule')} in ${count(sum('groups'), 'group')}`] : []),
  ];
  const note = namespaces.length === 0 && configs.some(hasTemplatedSeverity) ? `note: ${SEVERITY_NOTE}\n` : '';
  return `${note}checked ${what.join(', ') || 'nothing'}\n${count(errors, 'error')}, ${count(findings.length - errors, 'warning')}\n`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
