import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Judge, Request } from './program';

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
export interface Table {
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
 * The verdict of each judge on each request, from the committed tables. The engine itself is never asked here, so no test
 * needs Go, and a text that the tables lack fails everywhere in the same way.
 *
 * @throws if the tables lack a text.
 */
export function verdictsOf(requests: readonly Request[]): Verdict[][] {
  const known = requests.map((request) => tableOf(request.kind).get(hashOf(request)));
  const missing = requests.filter((_, index) => known[index] === undefined);
  if (missing.length > 0) {
    throw new Error(`${missing.length} of ${requests.length} texts are not in test/engine/tables: add them to test/engine/requests.ts if they are new, `
      + `run \`npm run engine:update\` on a machine with Go, and commit the tables. The first of them:\n${JSON.stringify(missing[0]).slice(0, 2000)}`);
  }
  return known.map((verdicts) => (verdicts ?? '').split(' '));
}

export function hashOf(request: Request): string {
  const text = request.files === undefined ? request.text : JSON.stringify([request.text, request.files]);
  return createHash('sha256').update(text).digest('base64url').slice(0, HASH_CHARACTERS);
}

/** The verdicts of all judges on each text of a kind, separated by spaces, by the hash of the text. */
export function tableOf(kind: Request['kind']): ReadonlyMap<string, string> {
  let table = loaded.get(kind);
  if (table === undefined) {
    const hashesByVerdicts = existsSync(fileOf(kind)) ? readTable(kind).hashes : {};
    table = new Map(Object.entries(hashesByVerdicts).flatMap(([verdicts, hashes]) =>
      (hashes.match(EACH_HASH) ?? []).map((hash): [string, string] => [hash, verdicts])));
    loaded.set(kind, table);
  }
  return table;
}

export function readTable(kind: Request['kind']): Table {
  return JSON.parse(gunzipSync(readFileSync(fileOf(kind))).toString('utf8')) as Table;
}

export function fileOf(kind: Request['kind']): string {
  return join(TABLES, `${kind}.json.gz`);
}
