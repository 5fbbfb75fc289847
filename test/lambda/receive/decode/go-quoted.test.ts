import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { goQuotedToJson, quoteAsPrinted } from '../../../../lambda/receive/decode/go-quoted';
import { goQuote } from '../../relay-message';

const CODE_POINTS_PER_VALUE = 5000;

/** Every Unicode scalar value, in texts of a few thousand. */
function allOfUnicode(): string[] {
  const values: string[] = [];
  for (let from = 0; from <= 0x10ffff; from += CODE_POINTS_PER_VALUE) {
    const length = Math.min(CODE_POINTS_PER_VALUE, 0x110000 - from);
    const codePoints = Array.from({ length }, (_, offset) => from + offset).filter((point) => point < 0xd800 || point > 0xdfff);
    values.push(codePoints.map((point) => String.fromCodePoint(point)).join(''));
  }
  return values;
}

/** What Alertmanager's own template engine prints for `printf "%q"` of each text. */
function quotedByAlertmanager(values: readonly string[]): string[] {
  const directory = mkdtempSync(join(tmpdir(), 'go-quoted-'));
  try {
    writeFileSync(join(directory, 'empty.tmpl'), '{{ define "none" }}{{ end }}');
    writeFileSync(join(directory, 'data.json'), JSON.stringify({ alerts: values.map((value) => ({ labels: { value } })) }));
    const printed = execFileSync('amtool', [
      'template', 'render',
      '--template.glob', join(directory, 'empty.tmpl'),
      '--template.data', join(directory, 'data.json'),
      '--template.text', '{{ range .Alerts }}{{ printf "%q" .Labels.value }}\n{{ end }}',
    ], { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
    return printed.split('\n').filter((line) => line.startsWith('"'));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

test('every character that Go quotes comes back, and keeps its printed form for the dedup key', () => {
  const values = [...allOfUnicode(), '', '\\', '"', '\\"', '\\a', '\\x41', 'a"b\\c\nd'];
  const quoted = quotedByAlertmanager(values);
  expect(quoted).toHaveLength(values.length);
  values.forEach((value, index) => {
    expect(JSON.parse(goQuotedToJson(quoted[index]))).toBe(value);
    expect(JSON.parse(quoteAsPrinted(`[${quoted[index]}]`))).toEqual([quoted[index]]);
  });
});

test('the messages of the other tests quote as Go does', () => {
  const values = ['', '\u0000\u0007\b\t\n\v\f\r\u001b\u007f', 'é 日本 😀', '"\\', '\u0085\u00a0\u2028\ufeff\ufffd', '\u{e0001}\u{10ffff}'];
  expect(values.map(goQuote)).toEqual(quotedByAlertmanager(values));
});
