import * as fc from 'fast-check';
import { parseTemplate } from '../../../src/alertmanager/templates';
import { amtoolErrors } from '../../alertmanager/templates/amtool';
import { generatedConstant, generatedPipeline, generatedTemplate, KNOWN_FUNCTIONS } from '../../alertmanager/templates/generated-templates';

/** The name of the template file that amtool is given, which is the name of the text as a whole. */
const FILE = 't.tmpl';

/** Each allowed text beside the nearest ones that are refused. */
const PAIRS: ReadonlyArray<{ readonly allowed: readonly string[]; readonly refused: readonly string[] }> = [
  { allowed: ['', 'text', '}}', '{', '{ {', '-}}'], refused: ['{{', '{{}}', '{{ }}', '{{ "a"', '{{- -}}', '{{-}}'] },
  { allowed: ['{{- .x -}}', '{{-  .x  -}}', '{{-\n.x\t-}}', '{{-3}}', '{{.x -}}'], refused: ['{{-.x}}', '{{.x-}}', '{{ .x- }}', '{{3-}}'] },
  { allowed: ['{{/* c */}}', '{{- /* c */ -}}', '{{/**/}}', '{{/* }} */}}'], refused: ['{{/* c }}', '{{/*/}}', '{{ /* c */}}', '{{/* c */ }}', '{{/* c */ .x}}'] },
  { allowed: ['{{"a"}}', '{{"\\a\\x41\\101\\u00e9\\U0001F600\\""}}', '{{`a\nb`}}'], refused: ['{{"a}}', '{{"a\nb"}}', '{{"\\\'"}}', '{{"\\ud800"}}', '{{"\\400"}}', '{{`a}}'] },
  { allowed: ["{{'a'}}", "{{'\\''}}", "{{'😀'}}", "{{'\\x41'}}"], refused: ["{{''}}", "{{'ab'}}", "{{'\\\"'}}", "{{'a}}"] },
  {
    allowed: ['{{18446744073709551615}}', '{{-9223372036854775808}}', '{{0x1F}}', '{{0b1_0}}', '{{0o17}}', '{{017}}', '{{1_000}}'],
    refused: ['{{18446744073709551616}}', '{{-9223372036854775809}}', '{{0x}}', '{{0b2}}', '{{0o8}}', '{{08}}', '{{1__0}}', '{{1_}}', '{{+9223372036854775808}}'],
  },
  { allowed: ['{{1.5}}', '{{.5}}', '{{5.}}', '{{1e308}}', '{{0x1.8p1}}', '{{0x1p1023}}', '{{0_8.5}}'], refused: ['{{1e309}}', '{{0x1.8}}', '{{0x1p1024}}', '{{1e}}', '{{1x}}', '{{+}}'] },
  { allowed: ['{{1i}}', '{{1+2i}}', '{{-1.5e2-0x1p1i}}', '{{+2i}}', '{{1E-1i}}', '{{1e-1+1e+1i}}'], refused: ['{{1+2}}', '{{1e-+1i}}', '{{1i+2i}}', '{{1+2j}}', '{{0x10i}}'] },
  { allowed: ['{{.}}', '{{.a.b}}', '{{$}}', '{{$.a}}', '{{(.a).b}}', '{{true}}', '{{nil}}'], refused: ['{{..}}{{', '{{..a}}', '{{true.a}}', '{{"a".b}}', '{{nil.a}}', '{{.a+}}', '{{a$}}'] },
  { allowed: ['{{len .a}}', '{{.a | len}}', '{{.a|len|printf "%d"}}', '{{len (.a | len)}}', '{{1 | }}'], refused: ['{{| len}}', '{{1 || len}}', '{{1 | "a"}}', '{{1 | nil}}', '{{()}}', '{{(1}}', '{{1)}}', '{{"a""b"}}', '{{(1)(2)}}', '{{printf"x"}}'] },
  { allowed: ['{{$x := 1}}{{$x}}', '{{$x := 1}}{{$x = 2}}', '{{$x = 2}}', '{{$x:=1}}'], refused: ['{{$x}}', '{{$labels.x}}', '{{$x=1}}', '{{$x, $y := 1}}', '{{.x := 1}}', '{{$x : 1}}', '{{$x := }}'] },
  {
    allowed: ['{{if .}}{{end}}', '{{if .}}{{else}}{{end}}', '{{if .}}{{else if .}}{{else if .}}{{else}}{{end}}', '{{if $x := .}}{{$x}}{{else}}{{$x}}{{end}}'],
    refused: ['{{if .}}', '{{if}}{{end}}', '{{if .}}{{else}}{{else}}{{end}}', '{{if .}}{{else}}{{else if .}}{{end}}', '{{end}}', '{{else}}', '{{if $x := .}}{{end}}{{$x}}', '{{if .}}{{end x}}'],
  },
  { allowed: ['{{with .}}{{else}}{{end}}'], refused: ['{{with .}}{{else if .}}{{end}}', '{{if .}}{{else with .}}{{end}}', '{{with}}{{end}}'] },
  {
    allowed: ['{{range .}}{{end}}', '{{range $i := .}}{{end}}', '{{range $i, $e := .}}{{$e}}{{end}}', '{{range .}}{{else}}{{end}}'],
    refused: ['{{range}}{{end}}', '{{range $i, $e, $f := .}}{{end}}', '{{range $i, 3 := .}}{{end}}', '{{range $i, $e}}{{end}}', '{{range .}}{{else if .}}{{end}}'],
  },
  {
    allowed: ['{{range .}}{{break}}{{end}}', '{{range .}}{{if .}}{{continue}}{{end}}{{end}}'],
    refused: ['{{break}}', '{{range .}}{{else}}{{break}}{{end}}', '{{range .}}{{break 1}}{{end}}', '{{range .}}{{block "x" .}}{{continue}}{{end}}{{end}}'],
  },
  { allowed: ['{{template "x"}}', '{{template `x` .a | len}}'], refused: ['{{template}}', '{{template x}}', '{{template .x}}', '{{template "\\q"}}', '{{template "x" |}}'] },
  {
    allowed: ['{{define "x"}}{{end}}', '{{block "x" .}}{{end}}', '{{range .}}{{block "x" .}}{{end}}{{end}}', '{{define "x"}}{{end}}{{define "x"}}a{{end}}'],
    refused: ['{{define}}{{end}}', '{{define "x" .}}{{end}}', '{{define "x"}}', '{{block "x"}}{{end}}', '{{if .}}{{define "x"}}{{end}}{{end}}', '{{define "x"}}{{else}}{{end}}',
      '{{define "x"}}a{{end}}{{define "x"}}b{{end}}', `{{define "${FILE}"}}a{{end}}b`, '{{$x := 1}}{{define "x"}}{{$x}}{{end}}'],
  },
];

const allowed = PAIRS.flatMap((pair) => pair.allowed);
const refused = PAIRS.flatMap((pair) => pair.refused);

test('texts that Go parses have no syntax error', () => {
  expect(allowed.flatMap((text) => parseTemplate(text, FILE).error ? [[text, parseTemplate(text, FILE).error]] : [])).toEqual([]);
  expect(amtoolErrors(allowed, FILE).filter((error) => error !== undefined)).toEqual([]);
});

test('texts that Go refuses have one', () => {
  const errors = amtoolErrors(refused, FILE);
  expect(refused.filter((_, index) => errors[index] === undefined)).toEqual([]);
  expect(refused.filter((text) => parseTemplate(text, FILE).error === undefined)).toEqual([]);
});

test('amtool, if it is built with Go before 1.23, refuses {{else with}}, and nothing else, of what we allow in generated templates', () => {
  const known = new Set(KNOWN_FUNCTIONS);
  const texts = fc.sample(generatedTemplate, 3000);
  const errors = amtoolErrors(texts, FILE);
  const counts = { allowed: 0, refused: 0 };
  const disagreements = texts.flatMap((text, index) => {
    const parsed = parseTemplate(text, FILE);
    const problem = parsed.error?.message ?? parsed.functions.find(({ name }) => !known.has(name))?.name;
    counts[problem === undefined ? 'allowed' : 'refused'] += 1;
    const agrees = (problem === undefined) === (errors[index] === undefined);
    const isNewerSyntax = parsed.recentSyntax.length > 0 && errors[index]?.includes('unexpected <with> in else');
    return agrees || isNewerSyntax ? [] : [{ text, ours: problem, amtool: errors[index] }];
  });
  expect(disagreements).toEqual([]);
  expect(Math.min(counts.allowed, counts.refused)).toBeGreaterThan(500);
});

test('amtool agrees on generated numbers, strings and characters', () => {
  const texts = fc.sample(generatedConstant, 1200);
  const errors = amtoolErrors(texts, FILE);
  const verdicts = texts.map((text) => {
    const { error, functions } = parseTemplate(text, FILE);
    return error === undefined && functions.length === 0;
  });
  expect(texts.filter((_, index) => verdicts[index] !== (errors[index] === undefined)).map((text) => [text, parseTemplate(text).error])).toEqual([]);
  expect(verdicts.filter((allowedByUs) => allowedByUs).length).toBeGreaterThan(100);
});

test('{{else with}} is allowed behind {{with}}, and told as recent', () => {
  const parsed = parseTemplate('{{with .a}}{{else with $x := .b}}{{$x}}{{else}}{{end}}');
  expect(parsed.error).toBeUndefined();
  expect(parsed.recentSyntax).toEqual([{ name: '{{else with}}', offset: 13 }]);
});

describe('whatever the text is, the parser', () => {
  test('does not throw, and points into the text', () => {
    const pieces = fc.array(fc.oneof(generatedTemplate, generatedPipeline, fc.string({ unit: 'binary' }), fc.constantFrom('{{', '}}', '\ud800', '\u0000')), { maxLength: 4 });
    fc.assert(fc.property(pieces, (parts) => {
      const text = parts.join('');
      const { error } = parseTemplate(text);
      expect(error === undefined || (error.offset >= 0 && error.offset <= text.length && error.message !== '')).toBe(true);
    }), { numRuns: 2000 });
  });

  test.each([
    ['blocks', '{{if .}}'.repeat(100_000) + '{{end}}'.repeat(100_000), undefined],
    ['branches', `{{if .}}${'{{else if $x := .}}'.repeat(50_000)}{{end}}`, undefined],
    ['a pipeline', `{{.${' | len'.repeat(100_000)}}}`, undefined],
    ['a number', `{{${'1'.repeat(1_000_000)}}}`, /illegal number syntax/],
    ['a string', `{{"${'\\n'.repeat(500_000)}"}}`, undefined],
    ['a chain', `{{${'.a'.repeat(500_000)}}}`, undefined],
    ['250 parentheses', `{{${'('.repeat(250)}.${')'.repeat(250)}}}`, undefined],
    ['251 parentheses', `{{${'('.repeat(251)}.${')'.repeat(251)}}}`, /more than 250 deep/],
    ['parentheses', `{{${'('.repeat(500_000)}`, /more than 250 deep/],
    ['braces', '{{'.repeat(500_000), /unexpected "{" in command/],
  ])('reads very long %s', (_, text, message) => {
    const { error } = parseTemplate(text);
    expect(error?.message).toEqual(message ? expect.stringMatching(message) : undefined);
  });
});

test('says what a template uses, and where', () => {
  const text = '{{ define "a" }}{{ .x }}{{ end }}{{ template "a" .Alerts }}{{ block "b" . }}{{ len $.Receiver }}{{ end }}{{ range .Alerts }}{{ .Labels.x | toUpper }}{{ end }}';
  const parsed = parseTemplate(text);
  expect(parsed.error).toBeUndefined();
  expect(parsed.definitions.map(({ keyword, name, empty }) => [keyword, name, empty])).toEqual([['define', 'a', false], ['block', 'b', false]]);
  expect(parsed.calls.map(({ name, offset }) => [name, text.slice(offset, offset + 3)])).toEqual([['a', '"a"'], ['b', '{{ ']]);
  expect(parsed.functions.map(({ name, offset, within }) => [name, text.indexOf(name) === offset, within])).toEqual([['len', true, 'b'], ['toUpper', true, undefined]]);
  expect(parsed.fields.map(({ of, chain, ofRoot, conditional, within }) => [of, chain.join('.'), ofRoot, conditional, within])).toEqual([
    ['.', 'x', false, true, 'a'],
    ['.', 'Alerts', true, false, undefined],
    ['$', 'Receiver', false, true, 'b'],
    ['.', 'Alerts', true, false, undefined],
    ['.', 'Labels.x', false, true, undefined],
  ]);
  expect(parsed.fields.filter(({ chain }) => chain[0] === 'Receiver').map(({ offset }) => text.slice(offset, offset + 10))).toEqual(['$.Receiver']);
});

test.each([
  ['an assignment without a declaration', '{{ $x = 1 }}', ['$x']],
  ['an assignment after a declaration', '{{ $x := 1 }}{{ $x = 2 }}{{ $x }}', []],
  ['a declaration that uses itself', '{{ $x := $x }}', ['$x']],
  ['a declaration in the branch before', '{{ if . }}{{ $x := 1 }}{{ else }}{{ $x }}{{ end }}', ['$x']],
  ['a declaration in the condition', '{{ if $x := . }}{{ else }}{{ $x }}{{ end }}', []],
  ['a declaration outside', '{{ $x := 1 }}{{ if . }}{{ $x = 2 }}{{ else }}{{ $x }}{{ end }}', []],
  ['an inner declaration that hides an outer one', '{{ $x := 1 }}{{ if . }}{{ $x := 2 }}{{ else }}{{ $x }}{{ end }}{{ $x }}', []],
])('%s: uses of variables that execution does not reach', (_, text, expected) => {
  const parsed = parseTemplate(text);
  expect(parsed.error).toBeUndefined();
  expect(parsed.unboundVariables.map(({ name }) => name)).toEqual(expected);
});
