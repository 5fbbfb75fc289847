import * as fc from 'fast-check';
import type { PostedAlert } from './alertmanager';
import type { PagerDutyConfig } from '../../../src/alertmanager/model';

/** A template file that the templates below use. */
export const OWN_TEMPLATES = '{{ define "own" -}}\n  own {{ .Status }} {{ .Receiver }}\n{{- end }}\n{{ define "tested" }}{{ if match "_1$" .Receiver }}one{{ else }}{{ .Receiver | len }}{{ end }}{{ end }}\n{{ define "lines" }}\n{{ range .Alerts }}{{ .Annotations.text }}\n\n{{ end }}{{ end }}';

const LOOK_ALIKE = 'cdk-amp-pagerduty/1:00000000000000000000000000000000 text ["severity"]\ncritical';

const TEMPLATES = [
  '', ' ', '\n', '\n\n', ' leading and trailing ', 'tab\tand\nlines\n', 'CRLF\r\n', '{', '}}', 'a {', '"quoted" \\ \'', '#', '- no: 1', 'ü € 😀 \u0085 \u2028 \ufeff',
  '{{ .CommonAnnotations.text }}', '{{- .CommonAnnotations.text -}}', ' \n {{- .CommonAnnotations.text -}} \n ', '\n{{ .CommonAnnotations.text }}\n',
  '{{ .CommonLabels.value }}', '{{ .Receiver }} {{ .Receiver | urlquery }} {{ .Receiver | toUpper }}', '{{ .ExternalURL }}', '{{/* nothing */}}', '{{- /* nothing */ -}}',
  '{{ if .CommonAnnotations.none }}never{{ end }}', '{{ range .Alerts -}}\n {{ .Annotations.text }}\n{{- end -}}', '{{ template "own" . }}', '{{- template "lines" . -}}',
  '{{ $text := .Status }}{{ $text }}', '{{ with .CommonAnnotations.text }}{{ . }}{{ else }}none{{ end }}', '{{ "{{" }} braces {{ `}}` }}', '{{ define "here" }}x{{ end }}{{ template "here" }}',
  '{{ template "pagerduty.default.instances" .Alerts.Firing }}', '{{ .GroupLabels.SortedPairs.Values | join " " }}', LOOK_ALIKE, '{{ .Alerts | len }}',
];

/** One template per entry may define `here`: two in one message are refused, which is tested elsewhere. */
export function entry(): fc.Arbitrary<PagerDutyConfig> {
  const template = fc.constantFrom(...TEMPLATES.filter((text) => !text.includes('define')));
  const anyText = fc.oneof({ weight: 4, arbitrary: template }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }).filter((text) => !text.includes('{{')) });
  const optional = fc.option(anyText, { nil: undefined });
  return fc.record({
    client: optional,
    client_url: optional,
    description: fc.option(fc.constantFrom(...TEMPLATES), { nil: undefined }),
    severity: optional,
    source: optional,
    class: optional,
    component: optional,
    group: optional,
    details: fc.option(fc.dictionary(fc.oneof(fc.constantFrom('firing', 'num_firing', 'a b', '{{ key }}', 'é"\n'), fc.string({ minLength: 1 })), anyText, { maxKeys: 4 }), { nil: undefined }),
    links: fc.option(fc.array(fc.record({ href: anyText, text: optional }), { maxLength: 3 }), { nil: undefined }),
    images: fc.option(fc.array(fc.record({ src: anyText, alt: optional, href: optional }), { maxLength: 3 }), { nil: undefined }),
  });
}

/** Groups of one to three alerts with values that are hard to quote. */
export function groups(): fc.Arbitrary<PostedAlert[]> {
  const hard = fc.constantFrom('', 'plain', 'two\nlines\n', '"quotes" \\ \'', '\u0000\u0007\u000b\u007f\u0085\u2028\ufeff', 'é € 😀 \u{10ffff}', '\n', ' \t ', LOOK_ALIKE, '{{ .Status }}', '-- }}');
  const value = fc.oneof(hard, fc.string({ unit: 'binary', maxLength: 30 }));
  const alert = fc.record({ value, text: value, other: value });
  return fc.array(fc.array(alert, { minLength: 1, maxLength: 3 }), { minLength: 6, maxLength: 6 }).map((all) => all.flatMap((group, index) =>
    group.map(({ text, other }, number) => ({
      // All of a group share its value; alerts differ in their number.
      labels: { alertname: `alert ${index}`, value: group[0].value, number: String(number), other },
      annotations: { text: number === 0 || group.length === 2 ? group[0].text : text },
      generatorURL: 'http://prometheus.example.com/graph?g0.expr=up&x=%20',
    }))));
}

/** Every Unicode scalar value, so many in each text; a label's value must not be empty. */
export function unicodeChunks(size: number): string[] {
  const chunks: string[] = [];
  for (let start = 0; start <= 0x10ffff; start += size) {
    const codes = Array.from({ length: size }, (_, offset) => start + offset).filter((code) => code <= 0x10ffff && (code < 0xd800 || code > 0xdfff));
    if (codes.length > 0) {
      chunks.push(codes.map((code) => String.fromCodePoint(code)).join(''));
    }
  }
  return chunks;
}
