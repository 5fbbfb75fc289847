import { escapeTemplate } from '../../../src/go/html/escape-template';
import { readBlocks } from '../../../src/go/template/blocks';

/** The template with each action as its place and its pipeline, and the templates that it calls. */
function escaped(text: string): string {
  const { main, definitions } = readBlocks(text);
  const numbers = new Map<string, number>();
  const result = escapeTemplate(main, {
    find: (name) => definitions.get(name),
    nameFor: (name, key) => {
      numbers.set(key, numbers.get(key) ?? numbers.size);
      return `${name}/${numbers.get(key)}`;
    },
    writeValue: (pipeline, place) => `[${place}: ${pipeline}]`,
    writeText: (literal) => literal,
  });
  return [result.text, ...[...result.definitions].map(([name, body]) => `${name} = ${body}`)].join('\n');
}

/** What Go's `html/template` makes of the same text, with the place of each value. */
test.each<[string, string]>([
  ['plain {{ .A }}', 'plain [text: .A]'],
  ['<p title="{{ .A }}">{{ .B | toUpper }}</p>', '<p title="[text: .A]">[text: .B | toUpper]</p>'],
  ["<p title='{{ .A }}'>", "<p title='[text: .A]'>"],
  ['<a href="{{ .A }}">', '<a href="[url: .A]">'],
  ['<a href=" {{ .A }}">', '<a href=" [url: .A]">'],
  ['<a href="/x/{{ .A }}">', '<a href="/x/[url path: .A]">'],
  ['<a href="/x?y={{ .A }}#{{ .B }}">', '<a href="/x?y=[url query: .A]#[url query: .B]">'],
  ['<a href="/x&#63;{{ .A }}">', '<a href="/x&#63;[url query: .A]">'],
  ['<a HREF="{{ .A }}" data-href="{{ .B }}" svg:href="{{ .C }}">', '<a HREF="[url: .A]" data-href="[url: .B]" svg:href="[url: .C]">'],
  ['<img src="{{ .A }}" alt="{{ .B }}"/>', '<img src="[url: .A]" alt="[text: .B]"/>'],
  ['<p style="color: {{ .A }}">', '<p style="color: [style: .A]">'],
  ['<title>{{ .A }}</title><textarea>{{ .B }}</textarea>{{ .C }}', '<title>[text: .A]</title><textarea>[text: .B]</textarea>[text: .C]'],
  ['a <!-- {{ .A }} <b> --> b', 'a  b'],
  ['1 < 2 <3 <p>', '1 &lt; 2 &lt;3 <p>'],
  ['<!DOCTYPE html><p>', '<!DOCTYPE html><p>'],
  ['<style>/* x */ a { } // y\n</style>', '<style>  a { } \n</style>'],
  ['<style>a::before { content: "/* kept */" }</style>', '<style>a::before { content: "/* kept */" }</style>'],
  ['{{ .A | html }}{{ html .A }}{{ .A | safeHtml }}', '[html: .A | html][html: html .A][html: .A | safeHtml]'],
  ['<p title="{{ .A | safeHtml }}">', '<p title="[text: .A | safeHtml]">'],
  ['<a href="{{ .A | html }}">', '<a href="[url: .A]">'],
  ['<a href="/?q={{ .A | urlquery }}">{{ .B | urlquery }}', '<a href="/?q=[text: .A | urlquery]">[text: .B | urlquery]'],
  ['{{ $x := .A }}{{ $x = .B }}{{ $x }}{{/* none */}}', '{{ $x := .A }}{{ $x = .B }}[text: $x]'],
  ['{{- " a " -}} b', '[text: " a "]b'],
  ['<p{{ if .A }} class="a"{{ end }}>', '<p{{ if .A }} class="a"{{ end }}>'],
  ['{{ if .A }}<b>{{ else if .B }}<i>{{ else }}<u>{{ end }}', '{{ if .A }}<b>{{ else }}{{ if .B }}<i>{{ else }}<u>{{ end }}{{ end }}'],
  ['{{ range $i, $a := .A }}{{ if $i }}{{ break }}{{ end }}<p>{{ $a }}</p>{{ else }}none{{ end }}',
    '{{ range $i, $a := .A }}{{ if $i }}{{ break }}{{ end }}<p>[text: $a]</p>{{ else }}none{{ end }}'],
  ['{{ with .A }}{{ . }}{{ end }}', '{{ with .A }}[text: .]{{ end }}'],
  ['{{ define "t" }}{{ . }}{{ end }}{{ template "t" .A }}<a href="{{ template "t" .B }}">',
    '{{ template "t/0" .A }}<a href="{{ template "t/1" .B }}">\nt/0 = [text: .]\nt/1 = [url: .]'],
  ['{{ block "t" . }}{{ .A }}{{ end }}', '{{ template "t/0" . }}\nt/0 = [text: .A]'],
  ['{{ define "t" }}{{ .A }}{{ if .B }}{{ template "t" .B }}{{ end }}{{ end }}{{ template "t" . }}',
    '{{ template "t/0" . }}\nt/0 = [text: .A]{{ if .B }}{{ template "t/0" .B }}{{ end }}'],
  ['{{ if .A }}<p title="{{ else }}<p class="{{ end }}{{ .B }}">', '{{ if .A }}<p title="{{ else }}<p class="{{ end }}[text: .B]">'],
  ['<script>var x = 1 < 2;</script>', '<script>var x = 1 < 2;</script>'],
])('%s', (template, expected) => {
  expect(escaped(template)).toBe(expected);
});

test.each([
  '<script>{{ .A }}</script>', '<style>{{ .A }}</style>', '<p {{ .A }}>', '<p {{ .A }}="x">', '<p class={{ .A }}>', '<p class=x{{ .A }}>', '<{{ .A }}>x</p', '<p onclick="{{ .A }}">',
  '<img srcset="{{ .A }}">', '<iframe srcdoc="{{ .A }}">', '<meta content="{{ .A }}">', '<p title="{{ .A }}', '<!-- {{ .A }}', '<p a"b>', '<p class=x"y>', '<p =x>',
  '{{ if .A }}<p title="{{ end }}x', '{{ if .A }}<p title="{{ else }}<p href="{{ end }}{{ .B }}">', '{{ range .A }}<p title="{{ end }}', '{{ .A | html | toUpper }}',
  '<a href="{{ if .A }}/x{{ else }}?y={{ end }}{{ .B }}">', '{{ template "missing" . }}',
  '{{ define "t" }}<p {{ if .A }}{{ template "t" . }}{{ end }}{{ end }}{{ template "t" . }}>', '<title>{{ .A }}',
])('%s is refused', (template) => {
  expect(() => escaped(template)).toThrow(/\w/);
});
