import * as fc from 'fast-check';
import { parse } from 'yaml';
import { writeYaml, type YamlMap } from '../../../src/alertmanager/translate/yaml-writer';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.array(fc.constantFrom('\n', ' ', '\t', '  x', '- a', '# b', 'k: v', '\r', '\u0085', '\u2028', '\ufeff', '|', "'", '"', '\\', '${Token[TOKEN.1]}'), { maxLength: 8 })
    .map((parts) => parts.join('')),
  fc.constantFrom('no', 'Yes', 'on', 'null', '~', '1:30', '0x1F', '1e3', '1_000', '.inf', '=', '<<', '2020-01-01', '12:30:45', '-', '? a', '!x', '&x', '*x', '%x', '@x', '`x', '0', ''),
);
const { tree } = fc.letrec<{ tree: YamlMap; value: unknown }>((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, text, fc.boolean(), fc.constant(null), fc.array(tie('value'), { maxLength: 4 }), tie('tree')),
  tree: fc.dictionary(text, tie('value'), { maxKeys: 4, noNullPrototype: true }).map((map) => map as YamlMap),
}));

test.each(['1.1', '1.2'] as const)('what is written reads the same in YAML %s', (version) => {
  fc.assert(fc.property(tree, (map) => {
    expect(parse(writeYaml(map), { version, uniqueKeys: true })).toEqual(map);
  }), { numRuns: 1000 });
});

test('the same map is written the same, twice', () => {
  fc.assert(fc.property(tree, (map) => writeYaml(map) === writeYaml(structuredClone(map))));
});

test('keys keep their order, lists are indented, undefined is left out', () => {
  expect(writeYaml({ z: 'plain', a: [{ k: 1, x: undefined, b: ['no', '5m'] }, []], empty: {} }))
    .toBe('z: plain\na:\n  - k: 1\n    b:\n      - "no"\n      - 5m\n  - []\nempty: {}\n');
});

test('several lines become a block, one line stays one line however long', () => {
  const line = 'word '.repeat(100);
  expect(writeYaml({ block: 'a\n\n b\n', none: 'a\nb', more: 'a\n\n', line }))
    .toBe(`block: |\n  a\n\n   b\nnone: |-\n  a\n  b\nmore: |+\n  a\n\nline: "${line}"\n`);
});

test('characters that some parser takes for a line break are escaped', () => {
  expect(writeYaml({ a: 'x\u0085\u2028\ny\r\n\u{1f600}\u{e0001}' })).toBe('a: "x\\x85\\u2028\\ny\\r\\n\u{1f600}\u{e0001}"\n');
});

test('half a surrogate pair, which no file can hold, becomes a replacement character', () => {
  expect(writeYaml({ a: 'x\ud800' })).toBe('a: "x\\uFFFD"\n');
});
