import type { Request } from './program';
import { JUDGES, verdictsOf } from './verdicts';

/** A class of disagreements with a later version that is meant; the pages on agreement have each of them. */
export interface VersionDifference<Case> {
  readonly name: string;
  readonly who: 'we accept' | 'we refuse';
  readonly reason: string;
  readonly explains: (one: Case) => boolean;
}

export interface Compared {
  readonly text: string;
  readonly weAccept: boolean;
}

/** How our verdict compares with that of one later version. */
interface Comparison {
  readonly same: number;
  readonly named: ReadonlyMap<string, number>;
  readonly unnamed: readonly string[];
}

/** Compares with each judge of the kind. */
export function compareWithVersions<Case extends Compared>(
  kind: Request['kind'], cases: readonly Case[], differences: ReadonlyArray<VersionDifference<Case>>,
): Comparison[] {
  const verdicts = verdictsOf(cases.map(({ text }) => ({ kind, text })));
  return JUDGES[kind].map((_, judge) => {
    const named = new Map<string, number>();
    const unnamed: string[] = [];
    cases.forEach((one, index) => {
      if (one.weAccept === (verdicts[index][judge] === '+')) {
        return;
      }
      const difference = differences.find(({ who, explains }) => (who === 'we accept') === one.weAccept && explains(one));
      if (difference) {
        named.set(difference.name, (named.get(difference.name) ?? 0) + 1);
      } else {
        unnamed.push(`${one.weAccept ? 'we accept' : 'we refuse'} ${one.text}`);
      }
    });
    return { same: cases.length - unnamed.length - [...named.values()].reduce((sum, count) => sum + count, 0), named, unnamed };
  });
}

/** The tables of a page: how often the verdicts are the same, and the named differences. */
export function renderVersions<Case>(
  versions: readonly string[], cases: number, comparisons: readonly Comparison[], differences: ReadonlyArray<VersionDifference<Case>>,
): string {
  return [
    '| Version | Cases | Same verdict | Differ, named below | Differ otherwise |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...comparisons.map(({ same, unnamed }, index) => `| ${versions[index]} | ${cases} | ${same} | ${cases - same - unnamed.length} | ${unnamed.length} |`),
    '',
    `| Named difference | Who | ${versions.join(' | ')} | Reason |`,
    `| --- | --- |${' ---: |'.repeat(versions.length)} --- |`,
    ...differences.map(({ name, who, reason }) => `| ${name} | ${who} | ${comparisons.map(({ named }) => named.get(name) ?? 0).join(' | ')} | ${reason} |`),
  ].join('\n');
}
