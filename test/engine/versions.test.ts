import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Compared, compareWithVersions, renderVersions, VersionDifference } from './versions';
import type { ParsedConfig } from '../../src/alertmanager/model';
import { readConfig } from '../../src/alertmanager/read/read-config';
import { Finding, FindingSeverity } from '../../src/findings/finding';
import { RuleGroups } from '../../src/rules/rule-groups';
import { alertmanagerCases, Case } from '../alertmanager/read/cases';
import { ruleFileCases } from '../rules/agreement/cases';

/*
 * Our verdict beside those of later versions than Debian's: Alertmanager 0.31.1 and Prometheus 3.8.1, with which the newest Cortex is
 * built, and Alertmanager 0.35.0 and Prometheus 3.16.0. `UPDATE_DOCS=1` writes the numbers.
 */

interface ConfigCase extends Compared, Case {
  readonly reading: ParsedConfig;
}

interface RuleCase extends Compared {
  readonly findings: readonly Finding[];
}

function errorsOf(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ severity }) => severity === FindingSeverity.ERROR);
}

const onlyComplains = (about: RegExp) => ({ reading }: ConfigCase): boolean => errorsOf(reading.findings).every(({ message }) => about.test(message));

const CONFIG_DIFFERENCES: ReadonlyArray<VersionDifference<ConfigCase>> = [
  {
    name: 'months outside 1 to 12',
    who: 'we accept',
    reason: 'Refused since 0.35. Such a range never matches, so synthesis warns.',
    explains: ({ reading }) => reading.findings.some(({ code }) => code === 'config-month-out-of-range'),
  },
  {
    name: 'no space after a key in braces',
    who: 'we accept',
    reason: 'See the table above: Alertmanager\'s YAML reader is older than the rules of YAML 1.2. The definition is written without it.',
    explains: ({ text }) => /[{,]\s*\w+:[[{]/.test(text),
  },
  {
    name: 'a tab that begins a block of text',
    who: 'we accept',
    reason: 'The same.',
    explains: ({ text }) => /[|>][-+]?\n +\t/.test(text),
  },
  {
    name: 'an empty entry of a list',
    who: 'we refuse',
    reason: 'Later versions skip the entry; 0.25 crashes.',
    explains: onlyComplains(/^an entry of the list is empty$/),
  },
  {
    name: 'a host with more than one colon',
    who: 'we refuse',
    reason: 'An IPv6 address without brackets. 0.35, which is written for Go 1.26, refuses it.',
    explains: onlyComplains(/the host has more than one ":"/),
  },
  {
    name: 'long names of Unicode classes',
    who: 'we refuse',
    reason: '`\\p{Letter}` is known since Go 1.25. AMP might be built with an earlier Go.',
    explains: onlyComplains(/the class \\p\{/),
  },
];

const onlyFinds = (...codes: ReadonlyArray<Finding['code']>) => ({ findings }: RuleCase): boolean => errorsOf(findings).every(({ code }) => codes.includes(code));

const RULE_DIFFERENCES: ReadonlyArray<VersionDifference<RuleCase>> = [
  {
    name: 'holt_winters',
    who: 'we accept',
    reason: 'Prometheus 3 renamed it. Cortex keeps it, so synthesis warns.',
    explains: ({ text }) => text.includes('holt_winters'),
  },
  {
    name: 'lone exclamation mark',
    who: 'we accept',
    reason: 'The reader of Prometheus refuses it at the end of a line. The namespace is written without it.',
    explains: ({ text }) => /[{,]!\n/.test(text),
  },
  {
    name: 'tab on an empty line',
    who: 'we accept',
    reason: 'The reader of Prometheus refuses it. The namespace is written without it.',
    explains: ({ text }) => /^\t+$/m.test(text),
  },
  {
    name: 'names in UTF-8',
    who: 'we refuse',
    reason: 'Cortex refuses names of labels and annotations outside of the classic syntax unless it runs in UTF-8 mode.',
    explains: onlyFinds('rule-invalid-name'),
  },
  {
    name: 'YAML that the rules of YAML 1.2 forbid',
    who: 'we refuse',
    reason: 'See above: what stands behind the first document, comments without a space, anchors with a colon.',
    explains: onlyFinds('rule-file-invalid-yaml', 'rule-file-extra-documents', 'rule-file-duplicate-key'),
  },
  {
    name: 'a colon in a label name, a double sign of a duration',
    who: 'we refuse',
    reason: '`by (a:b)` and `offset - -1h` are new in Prometheus 3, and most often typing errors.',
    explains: onlyFinds('promql-syntax', 'promql-experimental'),
  },
];

const DOCS = join(__dirname, '..', '..', 'docs');

/** Compares the part of the page between the two comments with what was measured. */
function expectOnPage(page: string, table: string): void {
  const file = join(DOCS, page);
  const [begin, end] = ['<!-- versions: begin, written by a test -->', '<!-- versions: end -->'];
  if (process.env.UPDATE_DOCS === '1') {
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(new RegExp(`${begin}[^]*${end}`), () => `${begin}\n\n${table}\n\n${end}`));
  }
  expect(readFileSync(file, 'utf8')).toContain(`${begin}\n\n${table}\n\n${end}`);
}

function expectEachUsed(differences: ReadonlyArray<{ readonly name: string }>, comparisons: ReturnType<typeof compareWithVersions>): void {
  expect(differences.filter(({ name }) => !comparisons.some(({ named }) => named.has(name)))).toEqual([]);
}

test('configurations get the verdict of later amtool versions, but for named differences', () => {
  const cases = alertmanagerCases().flatMap((table) => table.cases).map((one): ConfigCase => {
    const reading = readConfig(one.text, 'alertmanager.yml');
    return { ...one, reading, weAccept: errorsOf(reading.findings).length === 0 };
  });
  const comparisons = compareWithVersions('config', cases, CONFIG_DIFFERENCES);
  expect(comparisons.flatMap(({ unnamed }) => unnamed)).toEqual([]);
  expectEachUsed(CONFIG_DIFFERENCES, comparisons);
  expectOnPage('agreement.md', renderVersions(['amtool 0.31.1', 'amtool 0.35.0'], cases.length, comparisons, CONFIG_DIFFERENCES));
});

test('rule files get the verdict of later promtool versions, but for named differences', () => {
  const cases = ruleFileCases().flatMap(({ texts }) => texts).map((text): RuleCase => {
    const { findings } = RuleGroups.fromString(text)._read()[0];
    return { text, findings, weAccept: errorsOf(findings).length === 0 };
  });
  const comparisons = compareWithVersions('rules', cases, RULE_DIFFERENCES);
  expect(comparisons.flatMap(({ unnamed }) => unnamed)).toEqual([]);
  expectEachUsed(RULE_DIFFERENCES, comparisons);
  expectOnPage('agreement-rules.md', renderVersions(['promtool 3.8.1', 'promtool 3.16.0'], cases.length, comparisons, RULE_DIFFERENCES));
});
