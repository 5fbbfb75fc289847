import * as fc from 'fast-check';
import { textOf, unquote } from '../../src/go/strings';

test.each([
  ['"a\\tb"', 'a\tb'], ['"\\u00e9\\x41\\101"', 'éAA'], ['"\\xc3\\xa9"', 'é'], ['"\\U0001F600"', '😀'], ['"\\""', '"'], ['\'\\\'\'', '\''], ['"\'"', '\''], ['""', ''], ['"😀é"', '😀é'],
])('%s is %j', (literal, text) => {
  const reading = unquote(literal);
  expect('bytes' in reading && textOf(reading.bytes)).toBe(text);
});

test.each([
  ['"a\\d"', 2], ['"\\\'"', 1], ['\'\\"\'', 1], ['"é\\u12"', 2], ['"\\ud800"', 1], ['"\\U00110000"', 1], ['"\\400"', 1], ['"\\8"', 1], ['"\\x4"', 1], ['"ok\\"', 3], ['"\\😀"', 1],
])('%s has a bad escape at %i', (literal, badEscape) => {
  expect(unquote(literal)).toEqual({ badEscape });
});

test('bytes that are no UTF-8 are bytes, and no text', () => {
  const reading = unquote('"a\\xff"');
  expect(reading).toEqual({ bytes: Buffer.of(0x61, 0xff) });
  expect('bytes' in reading && textOf(reading.bytes)).toBeUndefined();
});

test('what JSON writes is read, as its escapes are Go\'s', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
    const reading = unquote(JSON.stringify(text));
    expect('bytes' in reading && textOf(reading.bytes)).toBe(text);
  }));
});
