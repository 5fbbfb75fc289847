import { createHash } from 'node:crypto';
import { findKey } from '../../../lambda/deliver/find-key';
import { parseSecret } from '../../../lambda/shared/secret';
import type { RoutingKeyReference } from '../../../src/contract/queued-event';

const A = 'a'.repeat(32);
const B = 'b'.repeat(32);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

function find(secret: string, reference: RoutingKeyReference, names: readonly string[] = ['db']): string {
  const found = findKey(parseSecret(secret), reference, names);
  return found.found ? found.key : found.code;
}

test.each<[what: string, secret: string, reference: RoutingKeyReference, names: string[], expected: string]>([
  ['a bare key', A, { name: 'db' }, ['db'], A],
  ['a bare key with white space around', ` ${A}\n`, { name: 'db' }, ['db'], A],
  ['a bare key in quotes', `"${A}"`, { name: 'db' }, ['db'], A],
  ['a bare key of digits', '0'.repeat(32), {}, [], '0'.repeat(32)],
  ['a bare key and an event without name', A, {}, ['db', 'web'], A],
  ['a bare key and several names', A, { name: 'db' }, ['db', 'web'], 'secret-bare-key-ambiguous'],
  ['a bare key and its hash', A, { sha256: sha256(A) }, ['db', 'web'], A],
  ['a bare key and another hash', A, { sha256: sha256(B) }, ['db'], 'key-hash-missing'],
  ['a name', JSON.stringify({ db: ` ${A} `, web: B }), { name: 'db' }, ['db', 'web'], A],
  ['the only entry under another name', JSON.stringify({ web: B }), { name: 'db' }, ['db'], B],
  ['the only entry, and several names', JSON.stringify({ web: B }), { name: 'db' }, ['db', 'web'], 'key-name-missing'],
  ['a missing name', JSON.stringify({ web: B, mail: A }), { name: 'db' }, ['db'], 'key-name-missing'],
  ['a name of every object', JSON.stringify({ web: B, mail: A }), { name: 'toString' }, ['db'], 'key-name-missing'],
  ['an empty key', JSON.stringify({ db: ' ' }), { name: 'db' }, ['db'], 'key-empty'],
  ['a key that is a number', JSON.stringify({ db: 1 }), { name: 'db' }, ['db'], 'key-wrong-type'],
  ['a key that is null', JSON.stringify({ db: null }), { name: 'db' }, ['db'], 'key-wrong-type'],
  ['a hash', JSON.stringify({ x: 1, db: B, web: ` ${A}` }), { sha256: sha256(A) }, ['db'], A],
  ['a missing hash', JSON.stringify({ db: B }), { sha256: sha256(A) }, ['db'], 'key-hash-missing'],
  ['a hash, or the default key', JSON.stringify({ db: B, web: A }), { sha256: sha256(A), orDefault: true }, ['db'], A],
  ['a missing hash, or the default key', JSON.stringify({ web: A, db: B }), { sha256: sha256('x'), orDefault: true }, ['db'], B],
  ['a bare key and another hash, or the default key', A, { sha256: sha256(B), orDefault: true }, ['db'], A],
  ['no name and a default', JSON.stringify({ db: A, default: B }), {}, ['db'], B],
  ['no name and one key', JSON.stringify({ any: A }), {}, ['db'], A],
  ['no name and several keys', JSON.stringify({ other: B, db: A, web: B }), {}, ['missing', 'db', 'web'], A],
  ['no name and no known key', JSON.stringify({ x: A, y: B }), {}, ['db'], 'key-name-missing'],
  ['an empty object', '{}', { name: 'db' }, ['db'], 'key-name-missing'],
  ['an empty secret', ' \n', { name: 'db' }, ['db'], 'secret-empty'],
  ['broken JSON', `{"db": "${A}"`, { name: 'db' }, ['db'], 'secret-invalid-json'],
  ['a list', `["${A}"]`, { name: 'db' }, ['db'], 'secret-wrong-type'],
  ['an empty text', '" "', { name: 'db' }, ['db'], 'secret-wrong-type'],
])('%s', (_what, secret, reference, names, expected) => {
  expect(find(secret, reference, names)).toBe(expected);
});

test('no reason holds a key', () => {
  for (const secret of [A, `{"db": "${A}"`, `["${A}"]`, JSON.stringify({ db: 1, [A]: B })]) {
    const found = findKey(parseSecret(secret), { name: 'web' }, ['db', 'web']);
    expect(JSON.stringify(found)).not.toContain(A);
  }
});
