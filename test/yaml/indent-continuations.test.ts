import * as fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { indentContinuations } from '../../src/yaml/indent-continuations';

test.each([
  ['quotes at the indentation of the key', 'a:\n  b: "one\n  two"\n', { a: { b: 'one two' } }],
  ['quotes at the beginning of the line', "a:\n  b: 'it''s\n\ntwo'\n  c: x\n", { a: { b: "it's\ntwo", c: 'x' } }],
  ['an escaped quote before the break', 'a:\n  b: "say \\"\nx\\" y"\n', { a: { b: 'say " x" y' } }],
  ['a flow collection', 'a: [\n{b: c,\nd: [\n1\n]\n}\n]\n', { a: [{ b: 'c', d: [1] }] }],
  ['quotes within a flow collection', 'a:\n  - b: {\n  x: "y\nz"\n}\n', { a: [{ b: { x: 'y z' } }] }],
])('%s', (_, text, value) => {
  const indented = indentContinuations(text);
  expect(parse(indented.text)).toEqual(value);
  expect(indented.text.split('\n').map((line) => line.trimStart())).toEqual(text.split('\n').map((line) => line.trimStart()));
});

test.each([
  ['a closing quote that is missing', 'a: "b\nc: d\n'],
  ['a document that begins within quotes', 'a: "b\n---\nc"\n'],
  ['a colon on the next line', 'a: {b\n: c}\n'],
  ['a block text with quotes and brackets', 'a: |\n  "x\n  [y\nb: c\n'],
])('%s is left as it is', (_, text) => {
  expect(indentContinuations(text)).toEqual({ text, addedColumns: new Map() });
});

test('the added columns are those of the lines that were indented', () => {
  const text = 'a:\n  b: "one\n two\n\nthree"\nc: d\n';
  const { text: indented, addedColumns } = indentContinuations(text);
  const original = text.split('\n');
  indented.split('\n').forEach((line, index) => expect(line.length - original[index].length).toBe(addedColumns.get(index + 1) ?? 0));
  expect([...addedColumns.keys()]).toEqual([3, 4, 5]);
});

test('a text that YAML accepts stays the same', () => {
  fc.assert(fc.property(fc.jsonValue(), fc.boolean(), (value, flow) => {
    const text = stringify(value, { lineWidth: 20, ...(flow && { collectionStyle: 'flow' }) });
    expect(indentContinuations(text).text).toBe(text);
  }));
});
