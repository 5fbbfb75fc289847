import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import { judgeAll, judgeName } from './judges';
import { Request, sourcesHash } from './program';
import { fileOf, hashOf, JUDGES, readTable, Table, tableOf, Verdict } from './verdicts';

const KINDS = Object.keys(JUDGES) as Request['kind'][];

/**
 * Writes the tables anew. The judges are asked only of what the tables of the same program do not have.
 *
 * @returns the kinds whose table has changed.
 */
export function updateTables(requests: readonly Request[]): string[] {
  const unique = distinct(requests);
  const current = new Set(KINDS.filter((kind) => readTableIfAny(kind)?.sources === sourcesHash()));
  const known = unique.map((request) => (current.has(request.kind) ? tableOf(request.kind).get(hashOf(request)) : undefined));
  const missing = unique.filter((_, index) => known[index] === undefined);
  const answers = new Map(judgeAll(missing).map((verdicts, index) => [missing[index], verdicts]));
  const verdicts = unique.map((request, index) => known[index]?.split(' ') ?? answers.get(request) ?? []);
  return KINDS.filter((kind) => {
    const table = tableFor(kind, unique, verdicts);
    const isCurrent = JSON.stringify(readTableIfAny(kind)) === JSON.stringify(table);
    if (!isCurrent) {
      mkdirSync(dirname(fileOf(kind)), { recursive: true });
      writeFileSync(fileOf(kind), gzipSync(JSON.stringify(table), { level: 9 }));
    }
    return !isCurrent;
  });
}

/** What shows, without asking a judge, that the tables are not those of these requests and of this program. */
export function findOutdatedTables(requests: readonly Request[]): string[] {
  const unique = distinct(requests);
  return KINDS.flatMap((kind) => {
    const hashes = new Set(unique.filter((request) => request.kind === kind).map(hashOf));
    const added = [...hashes].filter((hash) => !tableOf(kind).has(hash)).length;
    const removed = [...tableOf(kind).keys()].filter((hash) => !hashes.has(hash)).length;
    return [
      ...readTableIfAny(kind)?.sources === sourcesHash() ? [] : [`${kind}: tools/engine has changed since its results were written`],
      ...added > 0 ? [`${kind}: ${added} new texts have no results`] : [],
      ...removed > 0 ? [`${kind}: ${removed} results are of texts that are not asked any longer`] : [],
    ];
  });
}

/** What the judges say now of the requests, where the tables say something else. */
export function findChangedVerdicts(requests: readonly Request[]): string[] {
  const verdicts = judgeAll(requests);
  return requests.flatMap((request, index) => {
    const [committed, actual] = [tableOf(request.kind).get(hashOf(request)), verdicts[index].join(' ')];
    return committed === actual ? [] : [`${request.kind}: ${actual} instead of ${committed ?? 'nothing'}: ${JSON.stringify(request.text).slice(0, 500)}`];
  });
}

/** Each request once. */
export function distinct(requests: readonly Request[]): Request[] {
  const byHash = new Map<string, Request>();
  for (const request of requests) {
    const key = `${request.kind} ${hashOf(request)}`;
    const before = byHash.get(key);
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(request)) {
      throw new Error(`two texts have the same hash: ${JSON.stringify(request)} and ${JSON.stringify(before)}`);
    }
    byHash.set(key, request);
  }
  return [...byHash.values()];
}

function tableFor(kind: Request['kind'], requests: readonly Request[], verdicts: ReadonlyArray<readonly Verdict[]>): Table {
  const hashes = new Map<string, string[]>();
  requests.forEach((request, index) => {
    if (request.kind === kind) {
      const key = verdicts[index].join(' ');
      hashes.set(key, [...hashes.get(key) ?? [], hashOf(request)]);
    }
  });
  return {
    judges: JUDGES[kind].map(judgeName),
    sources: sourcesHash(),
    hashes: Object.fromEntries([...hashes].sort().map(([key, list]) => [key, list.sort().join('')])),
  };
}

function readTableIfAny(kind: Request['kind']): Table | undefined {
  return existsSync(fileOf(kind)) ? readTable(kind) : undefined;
}
