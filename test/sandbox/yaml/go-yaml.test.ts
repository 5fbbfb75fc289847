import * as fc from 'fast-check';
import { parse } from 'yaml';
import { GoMap, printGoYaml, readGoYaml } from '../../../sandbox/yaml/go-yaml';

test('plain scalars stay plain, text stays text', () => {
  const source = 'a: 5m\nb: "5"\nc: yes\nd: "yes"\ne: 0x1F\nf: ~\ng:\nh: plain text\ni: 1:30\nj: .inf\nk: |\n  two\n  lines\nl: !!str 7\n';
  expect(printGoYaml(readGoYaml(source))).toBe(
    '"a": 5m\n"b": "5"\n"c": yes\n"d": "yes"\n"e": 0x1F\n"f": ~\n"g": null\n"h": "plain text"\n"i": 1:30\n"j": .inf\n"k": "two\\nlines\\n"\n"l": "7"\n',
  );
});

test('anchors are resolved, and merge keys are left to Go in their place', () => {
  const map = readGoYaml('base: &b {x: 1, y: {z: 2}}\nother: &o {x: 9, w: 3}\none: {<<: *b, x: 5}\nmany: {<<: [*b, *o]}\ntwice: {<<: *b, v: 4, <<: *o}\nlist: [*b]\n');
  expect(parse(printGoYaml(map))).toEqual({
    base: { x: 1, y: { z: 2 } },
    other: { x: 9, w: 3 },
    one: { '<<': [{ x: 1, y: { z: 2 } }], 'x': 5 },
    many: { '<<': [{ x: 1, y: { z: 2 } }, { x: 9, w: 3 }] },
    twice: { 'v': 4, '<<': [{ x: 9, w: 3 }, { x: 1, y: { z: 2 } }] },
    list: [{ x: 1, y: { z: 2 } }],
  });
  expect(['one', 'many', 'twice'].map((name) => ['x', 'w', 'v'].map((key) => map.map(name)?.text(key)))).toEqual([
    ['5', undefined, undefined], ['1', '3', undefined], ['9', '3', '4'],
  ]);
});

test('what a merge key brings can be replaced, deleted and left out, without touching the anchor', () => {
  const map = readGoYaml('base: &b {x: 1, y: 2}\none: {x: 0, <<: *b}\ntwo: {<<: *b, z: 3}\nthree: {<<: *b, z: 3}\n');
  map.map('one')?.setText('x', 'mine');
  expect(map.map('two')?.delete('x')).toBe(true);
  expect(map.map('two')?.delete('x')).toBe(false);
  map.map('three')?.keep(['y']);
  expect(parse(printGoYaml(map))).toEqual({
    base: { x: 1, y: 2 }, one: { '<<': [{ x: 1, y: 2 }], 'x': 'mine' }, two: { '<<': [{ y: 2 }], 'z': 3 }, three: { '<<': [{ y: 2 }] },
  });
  expect(printGoYaml(map)).toContain('"one":\n  <<:\n    -\n      "x": 1\n      "y": 2\n  "x": "mine"\n');
});

test('any text survives', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: 'grapheme' }), (key, value) => {
    const printed = printGoYaml(new GoMap([['k', new GoMap().setText(`x${key}`, value)]]));
    const read = readGoYaml(printed).map('k');
    expect(read?.text(`x${key}`)).toBe(value);
    expect([...printed].every((character) => !/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/.test(character))).toBe(true);
  }), { numRuns: 300 });
});

test('empty lists and maps', () => {
  expect(printGoYaml(readGoYaml('a: []\nb: {}\nc:\n- x: 1\n  y: []\n-\n'.replace(/-\n$/, '- {}\n')))).toBe('"a": []\n"b": {}\n"c":\n  -\n    "x": 1\n    "y": []\n  - {}\n');
});

test.each([['a: [', /flow/i], ['- a', /expected a mapping/], ['a: *none', /none/]])('%j is a clear error', (source, message) => {
  expect(() => readGoYaml(source)).toThrow(message);
});
