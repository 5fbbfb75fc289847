import { FindingReporter } from '../../src/findings/reporter';
import { normalizeText, readYaml, YamlSource } from '../../src/yaml/document';
import type { YamlFormat } from '../../src/yaml/format';
import { locate } from '../../src/yaml/locate';

const CODES = {
  syntax: 'config-invalid-yaml',
  character: 'config-invalid-character',
  alias: 'config-invalid-alias',
  wrongType: 'config-wrong-type',
  duplicateKey: 'config-duplicate-key',
  ignoredDocument: 'config-several-documents',
} as const;
const FORMATS: Record<'v2' | 'v3', YamlFormat> = {
  v2: { dialect: 'v2', firstDocumentOnly: true, hasSecrets: true, codes: CODES },
  v3: { dialect: 'v3', firstDocumentOnly: false, hasSecrets: false, codes: CODES },
};

function read(text: string, dialect: 'v2' | 'v3'): { source?: YamlSource; findings: string[] } {
  const reporter = FindingReporter.forText('f.yml', text);
  const source = readYaml(text, FORMATS[dialect], reporter);
  return { source, findings: reporter.findings.map(({ code, severity, position }) => `${position?.line}:${position?.column} ${severity} ${code}`) };
}

/** What one dialect accepts and the other refuses; the readers of both programs agree with this, see the agreement tests. */
test.each([
  ['"a\\/b"', ['1:1 error config-invalid-yaml'], []],
  ['"\\ud83d\\ude00"', ['1:1 error config-invalid-yaml', '1:1 error config-invalid-yaml'], []],
  ['%YAML 1.2\n---\na: b\n', ['1:1 error config-invalid-yaml'], []],
  ['a: \uFEFFb', [], ['1:4 error config-invalid-character']],
  ['a: b\n---\nc: d\n', ['3:1 warning config-several-documents'], []],
  ['a: b\n---\n', [], []],
])('%j differs between the dialects', (text, v2, v3) => {
  expect({ v2: read(text, 'v2').findings, v3: read(text, 'v3').findings }).toEqual({ v2, v3 });
});

describe.each(['v2', 'v3'] as const)('dialect %s', (dialect) => {
  test.each([
    ['an alias without an anchor', 'a: *nothing', ['1:4 error config-invalid-alias']],
    ['an alias behind its anchor', 'a: &x b\nc: *x', []],
    ['an alias before its anchor', 'a: *x\nb: &x c', ['1:4 error config-invalid-alias']],
    ['a quote that is never closed', 'a: "b', ['1:6 error config-invalid-yaml']],
    ['a control character', 'a: b\u0007', ['1:5 error config-invalid-character']],
    ['a line end of YAML 1.1', 'a: b\u0085', ['1:5 error config-invalid-character']],
    ['a binary file, with a limit', '\u0000'.repeat(50), Array.from({ length: 10 }, (_, index) => `1:${index + 1} error config-invalid-character`)],
    ['nesting beyond the limit', `${'['.repeat(402)}${']'.repeat(402)}`, ['1:402 error config-invalid-yaml']],
    ['nesting up to the limit', `${'['.repeat(400)}${']'.repeat(400)}`, []],
    ['nesting that would overflow the stack', '[ '.repeat(100_000), [expect.stringMatching(/ error config-invalid-yaml$/)]],
    ['an empty text', '', []],
  ])('%s', (_what, text, findings) => {
    expect(read(text, dialect).findings).toEqual(findings);
  });

  test('finds the offset of a path, through aliases and merge keys', () => {
    const text = 'base: &base {a: {b: 1}}\nroute:\n  <<: *base\n  list: [x, *base]\n';
    const { source } = read(text, dialect);
    expect(source && text.slice(locate(source, ['route', 'a', 'b'])).startsWith('1}')).toBe(true);
    expect(source && text.slice(locate(source, ['route', 'list', 0])).startsWith('x,')).toBe(true);
    expect(source && text.slice(locate(source, ['route', 'list', 1, 'a'])).startsWith('{b: 1}')).toBe(true);
  });
});

test('all documents are read where the format says so, each with anchors of its own', () => {
  expect(read('a: b\n---\nc: d\n', 'v3').source?.roots).toHaveLength(2);
  expect(read('a: b\n---\nc: d\n', 'v2').source?.roots).toHaveLength(1);
  expect(read('a: &x b\n---\nc: *x\n', 'v3').findings).toEqual(['3:4 error config-invalid-alias']);
});

test.each([
  ['\uFEFFa: b', 'a: b'],
  ['a\r\nb\rc\n', 'a\nb\nc\n'],
  ['a\uFEFF', 'a\uFEFF'],
])('%j is normalized', (text, normalized) => {
  expect(normalizeText(text)).toBe(normalized);
});

test('messages about a file with secrets do not quote it', () => {
  const messages = (dialect: 'v2' | 'v3') => {
    const reporter = FindingReporter.forText('f.yml', '');
    readYaml('a: *topsecret', FORMATS[dialect], reporter);
    return JSON.stringify(reporter.findings);
  };
  expect(messages('v2')).not.toContain('topsecret');
  expect(messages('v3')).toContain('topsecret');
});
