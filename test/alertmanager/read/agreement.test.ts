import { existsSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { parse } from 'yaml';
import { amtoolVerdicts, amtoolVersion } from './amtool';
import { alertmanagerCases, Case, mutationCases } from './cases';
import { COMPLETE_CONFIGURATION, NEWER_CONFIGURATION } from './complete-configuration';
import { Difference, DIFFERENCES, Disagreement } from './differences';
import { Json, mutationsOf } from './mutations';
import { ParsedConfig } from '../../../src/alertmanager/model';
import { readConfig } from '../../../src/alertmanager/read/read-config';
import { FindingSeverity } from '../../../src/findings/finding';

/**
 * Our verdict beside that of the real `amtool check-config`. What differs must belong to a named class, and docs/agreement.md
 * must say the same numbers; `UPDATE_DOCS=1` writes them.
 */

interface Row {
  readonly table: string;
  readonly cases: number;
  readonly bothAccept: number;
  readonly bothRefuse: number;
  readonly explained: ReadonlyMap<Difference, number>;
  readonly unexplained: readonly string[];
}

function accepts(reading: ParsedConfig): boolean {
  return !reading.findings.some((finding) => finding.severity === FindingSeverity.ERROR);
}

function compare(table: string, cases: readonly Case[]): Row {
  const amtool = amtoolVerdicts(cases.map(({ text }) => text));
  const explained = new Map<Difference, number>();
  const unexplained: string[] = [];
  let [bothAccept, bothRefuse] = [0, 0];
  cases.forEach((one, index) => {
    const reading = readConfig(one.text, 'alertmanager.yml');
    const weAccept = accepts(reading);
    if (weAccept === amtool[index]) {
      bothAccept += weAccept ? 1 : 0;
      bothRefuse += weAccept ? 0 : 1;
      return;
    }
    const disagreement: Disagreement = { table, weAccept, reading, ...one };
    const difference = DIFFERENCES.find(({ who, explains }) => (who === 'we accept') === weAccept && explains(disagreement));
    if (difference) {
      explained.set(difference, (explained.get(difference) ?? 0) + 1);
    } else {
      unexplained.push(`${weAccept ? 'we accept' : 'we refuse'} ${one.name}: ${reading.findings[0]?.message ?? ''}`);
    }
  });
  return { table, cases: cases.length, bothAccept, bothRefuse, explained, unexplained };
}

const DOCS = join(__dirname, '../../../docs/agreement.md');
const BEGIN = '<!-- alertmanager: begin, written by a test -->';
const END = '<!-- alertmanager: end -->';

function renderTable(rows: readonly Row[]): string {
  const lines = rows.map((row) => {
    const named = [...row.explained.values()].reduce((sum, count) => sum + count, 0);
    return `| ${row.table} | ${row.cases} | ${row.bothAccept} | ${row.bothRefuse} | ${named} | ${row.unexplained.length} |`;
  });
  const classes = DIFFERENCES.map((difference) => {
    const count = rows.reduce((sum, row) => sum + (row.explained.get(difference) ?? 0), 0);
    return `| ${difference.name} | ${difference.who} | ${count} | ${difference.reason} |`;
  });
  return [
    '| Cases | Number | Both accept | Both refuse | Differ, named below | Differ otherwise |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...lines,
    '',
    '| Named difference | Who | Number | Reason |',
    '| --- | --- | ---: | --- |',
    ...classes,
  ].join('\n');
}

describe('our verdict and that of amtool', () => {
  const rows: Row[] = [];

  for (const { name, cases } of alertmanagerCases()) {
    test(`agree on ${name}`, () => {
      const row = compare(name, cases);
      rows.push(row);
      expect(row.unexplained).toEqual([]);
      expect(row.bothRefuse).toBeGreaterThan(0);
      expect(row.bothAccept).toBeGreaterThan(0);
    });
  }

  test('agree on the complete configuration', () => {
    expect(amtoolVerdicts([COMPLETE_CONFIGURATION])).toEqual([true]);
    expect(readConfig(COMPLETE_CONFIGURATION, 'alertmanager.yml').findings).toEqual([]);
  });

  // Another version of amtool has other verdicts on what is new; its differences must still be named ones, see above.
  if (amtoolVersion() === '0.25.0') {
    test('are counted in docs/agreement.md', () => {
      const table = `${BEGIN}\n\n${renderTable(rows)}\n\n${END}`;
      const text = readFileSync(DOCS, 'utf8');
      if (process.env.UPDATE_DOCS === '1') {
        writeFileSync(DOCS, text.replace(new RegExp(`${BEGIN}[^]*${END}`), () => table));
      }
      expect(readFileSync(DOCS, 'utf8')).toContain(table);
    });

    test('differ at least once in every way that is named', () => {
      const unused = DIFFERENCES.filter((difference) => !rows.some((row) => row.explained.has(difference)));
      expect(unused.map(({ name }) => name)).toEqual([]);
    });
  }
});

describe('what is newer than 0.25', () => {
  test('is accepted', () => {
    expect(readConfig(NEWER_CONFIGURATION, 'alertmanager.yml').findings).toEqual([]);
  });

  test('is checked as strictly: an unknown field is found in every mapping that has fixed fields', () => {
    const free = /(labels|details|payload|claims|tags|proxy_connect_header)( |$|\.)/;
    const unknown = mutationsOf(parse(NEWER_CONFIGURATION) as Json).filter(({ kind, field }) => kind === 'unknown field' && !free.test(field));
    const accepted = unknown.filter(({ value }) => accepts(readConfig(JSON.stringify(value), 'alertmanager.yml')));
    expect(unknown.length).toBeGreaterThanOrEqual(20);
    expect(accepted.map(({ name }) => name)).toEqual([]);
  });
});

const CORPUS = join(process.env.CORPUS_DIR ?? join(__dirname, '../../../../shared/corpus'), 'alertmanager');

if (existsSync(CORPUS)) {
  describe('public configurations', () => {
    const files = readdirSync(CORPUS).filter((name) => name.endsWith('.yml'));
    const cases = files.map((name) => ({ name, text: readFileSync(join(CORPUS, name), 'utf8') }));

    test('get the verdict of amtool, but for what is newer', () => {
      const newer = cases.filter(({ name }) => name.includes('nested-details'));
      expect(compare('public configurations', cases.filter((one) => !newer.includes(one))).unexplained).toEqual([]);
      expect(newer.every(({ text }) => accepts(readConfig(text, 'alertmanager.yml')))).toBe(true);
    });

    test('and so do their mutations', () => {
      const verdicts = amtoolVerdicts(cases.map(({ text }) => text));
      const documents = cases.filter(({ text }, index) => text.length < 12_000 && verdicts[index])
        .map(({ text }) => parse(text, { merge: true }) as Json);
      const all = mutationCases(documents.map((document) => ({ ...(document as { [key: string]: Json }), templates: [] })));
      const some = all.filter((_, index) => index % Math.ceil(all.length / 1200) === 0);
      expect(compare('mutations of public configurations', some).unexplained).toEqual([]);
    });
  });
}
