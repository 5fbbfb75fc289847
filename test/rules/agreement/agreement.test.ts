import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ruleFileCases } from './cases';
import { Disagreement, NAMED_DIFFERENCES } from './differences';
import { promtoolVerdicts } from './promtool';
import { RULE_FILES } from './rule-files';
import { Finding, FindingSeverity } from '../../../src/findings/finding';
import { RuleGroups } from '../../../src/rules/rule-groups';

const [EXPRESSIONS, FILES] = ruleFileCases();

const PAGE = join(__dirname, '..', '..', '..', 'docs', 'agreement-rules.md');

interface Measurement {
  readonly accepted: number;
  readonly refused: number;
  readonly named: ReadonlyMap<string, number>;
  readonly unnamed: readonly string[];
}

function measure(texts: readonly string[]): Measurement {
  const refusals = promtoolVerdicts(texts);
  const named = new Map<string, number>();
  const unnamed: string[] = [];
  texts.forEach((text, index) => {
    const findings = findingsOf(text);
    const refusal = refusals[index];
    if (isAccepted(findings) === (refusal === undefined)) {
      return;
    }
    const name = nameOf({ findings, refusal });
    if (name === undefined) {
      unnamed.push(`${text}\nwe say: ${findings.map((finding) => finding.message).join('; ') || 'fine'}\npromtool says: ${refusal ?? 'fine'}`);
    } else {
      named.set(name, (named.get(name) ?? 0) + 1);
    }
  });
  const refused = refusals.filter((refusal) => refusal !== undefined).length;
  return { accepted: texts.length - refused, refused, named, unnamed };
}

function findingsOf(text: string): readonly Finding[] {
  return RuleGroups.fromString(text)._read()[0].findings;
}

function isAccepted(findings: readonly Finding[]): boolean {
  return findings.every((finding) => finding.severity !== FindingSeverity.ERROR);
}

function nameOf(disagreement: Disagreement): string | undefined {
  return NAMED_DIFFERENCES.find((difference) => difference.explains(disagreement))?.name;
}

/** The row of the table in docs/agreement-rules.md. */
function row(what: string, { accepted, refused, named, unnamed }: Measurement): string {
  const differences = [...named.values()].reduce((sum, count) => sum + count, 0);
  return `| ${what} | ${accepted} | ${refused} | ${accepted + refused - differences - unnamed.length} | ${differences} | ${unnamed.length} |`;
}

function rowsOf(page: string): string[] {
  return page.split('\n').filter((line) => line.startsWith('|'));
}

describe('agreement with promtool check rules', () => {
  const page = readFileSync(PAGE, 'utf8');

  test('of expressions', () => {
    const measured = measure(EXPRESSIONS.texts);
    expect(measured.unnamed).toEqual([]);
    expect(measured.accepted).toBeGreaterThan(200);
    expect(rowsOf(page)).toContain(row('expressions', measured));
  });

  test('of rule files', () => {
    const measured = measure(FILES.texts);
    expect(measured.unnamed).toEqual([]);
    expect(measured.accepted).toBeGreaterThan(100);
    expect(rowsOf(page)).toContain(row('rule files', measured));
  });

  test('the fixtures are accepted by both', () => {
    expect(promtoolVerdicts(RULE_FILES)).toEqual(RULE_FILES.map(() => undefined));
    for (const text of RULE_FILES) {
      expect(findingsOf(text).filter((finding) => finding.severity === FindingSeverity.ERROR)).toEqual([]);
    }
  });

  test('every named difference is explained', () => {
    for (const { name } of NAMED_DIFFERENCES) {
      expect(page).toContain(`**${name}**`);
    }
  });
});
