import type { Finding } from '../findings/finding';

/** What the construct calls a setting, and the flag of the command for it. */
const FLAGS: ReadonlyArray<readonly [RegExp, string]> = [
  [/unsupportedReceivers: UnsupportedReceivers\.WARN/g, '--unsupported-receivers warn'],
  [/the option templateDirectory(?: of AlertManagerConfig)?/g, '--templates DIR'],
  [/the prop quotas: \{ (\w+)(?:: …)? \}/g, '--quota $1=VALUE'],
  [/the prop pagerDutyRegion: PagerDutyRegion\.endpoint\([^)]*\)/g, '--pagerduty-region URL'],
  [/the prop pagerDutyRegion/g, '--pagerduty-region'],
  [/(^|: )the prop decides/g, '$1it decides'],
  [/so that the prop decides/g, 'so that --pagerduty-region decides'],
  [/pass it (?:as rules: RuleGroups\.fromFile\(…\)|with RuleGroups\.fromFile)/g, 'pass it with --rules FILE'],
  [/pass it to the construct as alertManagerConfig/g, 'check it on its own'],
  [/give each RuleGroups a namespace of its own/g, 'rename a file: its name is the namespace; or give RuleGroups.fromFile(…, { namespace }) another one in the construct'],
  [/the option promql: PromqlVersion\.PROMETHEUS_3_16/g, '--promql prometheus-3.16'],
];

/** A finding in terms of the command: its flags instead of the props and options of the construct. */
export function inCommandTerms(finding: Finding): Finding {
  const { message, fix } = finding;
  return { ...finding, message: replace(message), ...(fix !== undefined && { fix: replace(fix) }) };
}

function replace(text: string): string {
  return FLAGS.reduce((result, [pattern, flag]) => result.replace(pattern, flag), text);
}
