import * as fc from 'fast-check';
import { amtoolRender } from './amtool';
import { generatedPipeline } from './generated-templates';
import { endsWithTrim, escapeForTemplate, isStatic, parseTemplate, singleAction, startsWithTrim } from '../../../src/alertmanager/templates';

/** Stands between pieces in one rendered text, so that one call of amtool answers for many. */
const BETWEEN = '\u2063';

/** NUL cannot be an argument of a program. */
const text = fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('{', '{{', '{{{', '}}', '{{-', ' -}}', '"', '\\', '\n', '{{ .x }}')), { maxLength: 6 })
  .map((parts) => parts.join('').replace(/[\u0000\u2063]/g, ''));

test('an escaped text prints itself, also beside actions and other texts', () => {
  const texts = ['', '{', '{{', '{{{', '{{{{', '{{ .Status }}', 'a{', ...fc.sample(text, 400)];
  const rendered = amtoolRender(texts.map((piece) => `${escapeForTemplate(piece)}{{ "${BETWEEN}" }}`).join(''));
  expect(rendered.split(BETWEEN).slice(0, -1)).toEqual(texts);
});

const TRIM_CASES = [
  '{{ 1 }}', '{{- 1 }}', ' {{- 1 }}', 'x{{- 1 }}', '{{-1 }}', '{{- /* c */}}', '{{/* c */}}{{- 1 }}', '{{- 1}}x', '\n\t{{-\n1 }}',
  '{{ 1 -}}', '{{ 1 -}} \n', '{{ 1 -}}x', '{{ 1 -}}x -}}', '{{ 1 }}x -}}', 'x -}}', '{{/* c */ -}}', '{{ "a -}}" }}', '{{ 1 -}}{{ 2 }}', '{{ 1 }}{{ 2 -}}',
];

test.each(TRIM_CASES)('%j removes white space beside it exactly if it is said to', (piece) => {
  const rendered = amtoolRender(`<\t${piece}\n>`);
  expect({ starts: startsWithTrim(piece), ends: endsWithTrim(piece) }).toEqual({ starts: !rendered.startsWith('<\t'), ends: !rendered.endsWith('\n>') });
});

test.each([
  ['{{ .a }}', '.a'],
  ['{{- .a | toUpper -}}', '.a | toUpper'],
  [' {{- .a -}} \n', '.a'],
  ['{{ "}}" }}', '"}}"'],
  ['{{\n.a\n}}', '.a'],
  ['{{ printf "%s" (len .a) }}', 'printf "%s" (len .a)'],
  ['x{{ .a }}', undefined],
  ['{{ .a }}\n', undefined],
  ['{{ .a }}{{ .b }}', undefined],
  ['{{ $x := .a }}', undefined],
  ['{{ ($x := .a) }}', undefined],
  ['{{ template "a" }}', undefined],
  ['{{/* c */}}', undefined],
  ['{{/* c */}}{{ .a }}', undefined],
  ['{{ $x }}', undefined],
  ['{{ .a', undefined],
  ['{{ }}', undefined],
  ['', undefined],
  ['text', undefined],
])('the single action of %j is %j', (template, pipeline) => {
  expect(singleAction(template)).toBe(pipeline);
});

test('the single action can be the argument of a function', () => {
  fc.assert(fc.property(generatedPipeline, (pipeline) => {
    const template = `{{ ${pipeline} }}`;
    const action = singleAction(template);
    expect(action).toBe(parseTemplate(template).error ? undefined : pipeline.trim());
    if (action !== undefined) {
      expect(parseTemplate(`{{ printf "%q" (${action}) }}`).error).toBeUndefined();
    }
  }));
});

test.each([['', true], ['text', true], ['{ {', true], ['}}', true], ['{{ .a }}', false], ['{{', false], ['{{/* c */}}', false]])('%j is static: %j', (template, expected) => {
  expect(isStatic(template)).toBe(expected);
});
