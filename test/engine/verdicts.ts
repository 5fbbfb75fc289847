import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Answer, ask, hasGo, Judge, Request, sourcesHash } from './program';

/**
 * The judges of each kind of request. `cortex` has the libraries of the newest Cortex (Alertmanager 0.31.1, Prometheus 3.8.1),
 * `newest` has Alertmanager 0.35.0 and Prometheus 3.16.0.
 */
export const JUDGES: { readonly [Kind in Request['kind']]: readonly Judge[] } = {
  'config': [{ program: 'cortex', mode: 'fallback' }, { program: 'newest', mode: 'fallback' }],
  'definition': [{ program: 'cortex', mode: 'classic' }, { program: 'cortex', mode: 'utf8' }, { program: 'newest', mode: 'utf8' }],
  'notify': [{ program: 'cortex', mode: 'classic' }, { program: 'newest', mode: 'utf8' }],
  'template': [{ program: 'cortex', mode: 'classic' }, { program: 'newest', mode: 'utf8' }],
  'rules': [{ program: 'cortex', mode: 'utf8' }, { program: 'newest', mode: 'utf8' }],
  'namespace': [{ program: 'cortex', mode: 'classic' }, { program: 'cortex', mode: 'utf8' }],
  'rule-template': [{ program: 'cortex', mode: 'classic' }, { program: 'newest', mode: 'utf8' }],
};

/** What a judge says: `+` accepted, `-` refused; of what is executed, one digit for each sample, 1 where it fails. */
export type Verdict = string;

/** The verdicts of all judges on texts of one kind, as they are committed. */
interface Table {
  readonly judges: readonly string[];
  /** Of the Go program: verdicts of another one are not reused. */
  readonly sources: string;
  /** The hashes of all texts with the same verdicts, one after the other, by these verdicts. */
  readonly hashes: { readonly [verdicts: string]: string };
}

const HASH_CHARACTERS = 8;
const EACH_HASH = new RegExp(`.{${HASH_CHARACTERS}}`, 'g');
const TABLES = join(__dirname, 'tables');

const loaded = new Map<Request['kind'], ReadonlyMap<string, string>>();

/**
 * The verdict of each judge on each request, from the committed tables. What they lack is asked of the judges themselves where
 * Go is installed, so that a change can be tested before the tables are written anew.
 */
export function verdictsOf(requests: readonly Request[]): Verdict[][] {
  const known = requests.map((request) => tableOf(request.kind).get(hashOf(request)));
  const missing = requests.filter((_, index) => known[index] === undefined);
  if (missing.length > 0 && !hasGo()) {
    throw new Error(`${missing.length} of ${requests.length} texts are not in test/engine/tables; run \`npm run engine:update\` on a machine with Go, `
      + `or install Go. The first of them:\n${JSON.stringify(missing[0]).slice(0, 2000)}`);
  }
  const answers = new Map(judgeAll(missing).map((verdicts, index) => [missing[index], verdicts]));
  return requests.map((request, index) => known[index]?.split(' ') ?? answers.get(request) ?? []);
}

/** Asks all judges of each request. */
export function judgeAll(requests: readonly Request[]): Verdict[][] {
  const verdicts: Verdict[][] = requests.map(() => []);
  const judges = new Map(Object.values(JUDGES).flat().map((judge) => [judgeName(judge), judge]));
  const answers = new Map([...judges].map(([name, judge]) => {
    const own = requests.filter(({ kind }) => JUDGES[kind].some((each) => judgeName(each) === name));
    return [name, new Map(ask(judge, own).map((answer, index) => [own[index], answer]))] as const;
  }));
  requests.forEach((request, index) => {
    for (const judge of JUDGES[request.kind]) {
      verdicts[index].push(verdictOf(answers.get(judgeName(judge))?.get(request)));
    }
  });
  return verdicts;
}

/** Writes the tables anew, or says which of them are not what the judges say now. */
export function updateTables(requests: readonly Request[], checkOnly: boolean): string[] {
  const unique = [...new Map(requests.map((request) => [`${request.kind} ${hashOf(request)}`, request])).values()];
  refuseCollisions(requests);
  const verdicts = checkOnly ? judgeAll(unique) : judgeNew(unique);
  return (Object.keys(JUDGES) as Request['kind'][]).filter((kind) => {
    const hashes = new Map<string, string[]>();
    unique.forEach((request, index) => {
      if (request.kind === kind) {
        const key = verdicts[index].join(' ');
        hashes.set(key, [...hashes.get(key) ?? [], hashOf(request)]);
      }
    });
    const table: Table = {
      judges: JUDGES[kind].map(judgeName),
      sources: sourcesHash(),
      hashes: Object.fromEntries([...hashes].sort().map(([key, list]) => [key, list.sort().join('')])),
    };
    const isCurrent = existsSync(fileOf(kind)) && JSON.stringify(readTable(kind)) === JSON.stringify(table);
    if (!isCurrent && !checkOnly) {
      writeFileSync(fileOf(kind), gzipSync(JSON.stringify(table), { level: 9 }));
    }
    return !isCurrent;
  });
}

/** Asks the judges only of what the tables of the same program do not have. */
function judgeNew(requests: readonly Request[]): Verdict[][] {
  const known = requests.map((request) => (
    currentKinds().has(request.kind) ? tableOf(request.kind).get(hashOf(request)) : undefined));
  const missing = requests.filter((_, index) => known[index] === undefined);
  const answers = new Map(judgeAll(missing).map((verdicts, index) => [missing[index], verdicts]));
  return requests.map((request, index) => known[index]?.split(' ') ?? answers.get(request) ?? []);
}

let current: ReadonlySet<Request['kind']> | undefined;

function currentKinds(): ReadonlySet<Request['kind']> {
  current ??= new Set((Object.keys(JUDGES) as Request['kind'][]).filter((kind) => existsSync(fileOf(kind)) && readTable(kind).sources === sourcesHash()));
  return current;
}

function refuseCollisions(requests: readonly Request[]): void {
  const texts = new Map<string, string>();
  for (const request of requests) {
    const [key, text] = [`${request.kind} ${hashOf(request)}`, JSON.stringify(request)];
    if ((texts.get(key) ?? text) !== text) {
      throw new Error(`two texts have the same hash: ${text} and ${texts.get(key)}`);
    }
    texts.set(key, text);
  }
}

function judgeName({ program, mode }: Judge): string {
  return `${program} ${mode}`;
}

function verdictOf(answer: Answer | undefined): Verdict {
  if (answer === undefined) {
    throw new Error('a judge was not asked');
  }
  return answer.failures ?? (answer.error === undefined ? '+' : '-');
}

function hashOf(request: Request): string {
  const text = request.files === undefined ? request.text : JSON.stringify([request.text, request.files]);
  return createHash('sha256').update(text).digest('base64url').slice(0, HASH_CHARACTERS);
}

function tableOf(kind: Request['kind']): ReadonlyMap<string, string> {
  const hashesByVerdicts = existsSync(fileOf(kind)) ? readTable(kind).hashes : {};
  const table = loaded.get(kind) ?? new Map(Object.entries(hashesByVerdicts).flatMap(([verdicts, hashes]) =>
    (hashes.match(EACH_HASH) ?? []).map((hash): [string, string] => [hash, verdicts])));
  loaded.set(kind, table);
  return table;
}

function readTable(kind: Request['kind']): Table {
  return JSON.parse(gunzipSync(readFileSync(fileOf(kind))).toString('utf8')) as Table;
}

function fileOf(kind: Request['kind']): string {
  return join(TABLES, `${kind}.json.gz`);
}
