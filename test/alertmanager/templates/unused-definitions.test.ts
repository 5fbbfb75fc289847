import { CHAT, DEFAULT_DETAILS, KEY, PAGE, translate, translateDetails, translateUnused, translateWebhook } from './unused-definitions';
import type { Translation } from '../../../src/alertmanager/translate/translation';
import { verdictsOf } from '../../engine/verdicts';
import { unpackDefinition } from '../../message/support/alertmanager';

function codes({ findings }: Translation): string[] {
  return findings.map(({ severity, code }) => `${severity} ${code}`).filter((each) => !each.endsWith('integration-dropped'));
}

/** The user's template files in the definition, by their names. */
function templateFiles({ definition }: Translation): Record<string, string> {
  return Object.fromEntries(Object.entries(unpackDefinition(definition).templates).filter(([name]) => !name.startsWith('cdk-amp-pagerduty')));
}

describe('definitions that no page leads to', () => {
  test('are left out, so that a function for Slack does not block a page', () => {
    const translation = translateUnused();
    expect(codes(translation)).toEqual([]);
    expect(templateFiles(translation)).toEqual({ 'page.tmpl': PAGE });
    expect(verdictsOf([{ kind: 'definition', text: translation.definition }])[0]).toEqual(['+', '+', '+']);
  });

  test('are left out of a file beside others, with what they call', () => {
    const helper = '{{ define "chat.helper" }}{{ dict }}{{ end }}';
    const text = `${helper}\n${CHAT.replace('now', 'template "chat.helper"')}\n{{/* pages */}}\n${PAGE}\n{{- define "page.more" -}} {{ template "page.title" . }} {{- end -}}`;
    const translation = translate({ 'all.tmpl': text }, '{{ template "page.more" . }}');
    expect(codes(translation)).toEqual([]);
    expect(templateFiles(translation)['all.tmpl'].trim()).toBe(text.slice(text.indexOf('{{/*')).trim());
  });

  test('stay if a page leads to them through another definition, and their functions are an error', () => {
    const files = { 'a.tmpl': `{{ define "between" }}{{ template "chat.title" . }}{{ end }}${CHAT}` };
    expect(codes(translate(files, '{{ template "between" . }}'))).toEqual([
      'error template-function-unavailable', 'error template-function-unknown', 'error template-undefined',
    ]);
  });

  test('stay if a block inside of them is used', () => {
    const text = '{{ define "outer" }}{{ block "inner" . }}{{ .Status }}{{ end }}{{ end }}';
    expect(templateFiles(translate({ 'a.tmpl': text }, '{{ template "inner" . }}'))).toEqual({ 'a.tmpl': text });
  });

  test('stay in a file that is executed as a whole', () => {
    const text = `before ${PAGE} after`;
    expect(templateFiles(translate({ 'a.tmpl': text }, '{{ template "a.tmpl" . }}'))).toEqual({ 'a.tmpl': text });
  });

  test('stay if they take the place of a template that Alertmanager executes for a page', () => {
    const text = '{{ define "__subject" }}{{ .Status }}{{ end }}';
    expect(templateFiles(translate({ 'a.tmpl': text }, 'static'))).toEqual({ 'a.tmpl': text });
  });

  test('are still parsed: AMP would refuse a file with a mistake in its syntax', () => {
    expect(codes(translate({ 'a.tmpl': '{{ define "chat" }}{{ if }}{{ end }}{{ end }}' }, 'static'))).toEqual(['error template-syntax']);
  });
});

describe('the default details of Alertmanager 0.30 and later, written out', () => {
  test('are the lists that DetailsFormat.STRUCTURED writes, without toJson', () => {
    const translation = translateDetails(DEFAULT_DETAILS);
    expect(codes(translation)).toEqual([]);
    expect(translation.definition).not.toContain('toJson');
    expect(translation.definition.match(/range \$i, \$alert := \.Alerts\.(?:Firing|Resolved)/g)).toHaveLength(3);
    expect(verdictsOf([{ kind: 'notify', text: translation.definition }])[0]).toEqual(['00000000', '00000000']);
  });

  test.each(['{{ .Alerts | toJson }}', '{{ .Alerts.Firing | toJson }} more', '{{ .CommonLabels | toJson }}'])('%s is none of them', (template) => {
    expect(codes(translateDetails({ firing: template }))).toEqual(['error template-function-unavailable']);
  });
});

describe('a routing key in a template file', () => {
  const keys = `{{ define "keys.pager" }}${KEY}{{ end }}\n{{ define "keys.chosen" }}{{ .CommonLabels.key }}{{ end }}`;

  test('is one of the configuration if its definition is plain text, and never part of the definition', () => {
    const translation = translate({ 'keys.tmpl': keys }, 'static', '{{ template "keys.pager" . }}');
    expect(codes(translation)).toEqual([]);
    expect(translation.routingKeyNames).toEqual(['pager']);
    expect(translation.definition).not.toContain(KEY);
  });

  test.each(['{{ template "keys.chosen" . }}', '{{ template "keys.none" . }}', 'x{{ template "keys.pager" . }}'])('%s is a template that cannot be resolved', (key) => {
    expect(codes(translate({ 'keys.tmpl': keys }, 'static', key))).toEqual(['error routing-key-templated']);
  });
});

describe('the URL of a webhook', () => {
  const text = [
    '{{ define "hook" }}https://hooks.example.com/t0ken{{ end }}', '{{ define "no.url" }}hooks.example.com{{ end }}',
    '{{ define "path" }}{{ template "status" . }}{{ end }}', '{{ define "status" }}{{ .Status }}{{ end }}', '{{ define "typo" }}{{ .Missing }}{{ end }}',
  ].join('');

  test('that a template file has as plain text is one of the configuration, and never part of the definition', () => {
    const { translation, secrets } = translateWebhook({ 'hooks.tmpl': text }, '{{ template "hook" . }}');
    expect(codes(translation)).toEqual([]);
    expect(secrets).toEqual([['pager/webhook/0', 'https://hooks.example.com/t0ken']]);
    expect(translation.definition).not.toContain('t0ken');
  });

  test('keeps the definitions that its actions call, with what they call', () => {
    const { translation } = translateWebhook({ 'hooks.tmpl': text }, 'https://hooks.example.com/{{ template "path" . }}');
    expect(codes(translation)).toEqual([]);
    expect(Object.values(templateFiles(translation))).toEqual(['{{ define "path" }}{{ template "status" . }}{{ end }}{{ define "status" }}{{ .Status }}{{ end }}']);
  });

  test.each([
    ['{{ template "no.url" . }}', 'webhook-url-template'],
    ['https://hooks.example.com/{{ template "typo" . }}', 'template-field-unknown'],
    ['https://hooks.example.com/{{ .Missing }}', 'template-field-unknown'],
    ['https://hooks.example.com/{{ range .Alerts }}{{ .CommonLabels.x }}{{ end }}', 'template-field-unknown'],
    ['https://hooks.example.com/{{ template "none" . }}', 'template-undefined'],
    ['https://hooks.example.com/{{ nofunc }}', 'template-function-unknown'],
    ['https://hooks.example.com/t0ken/{{ $x }}', 'webhook-url-template'],
  ])('%s is an error: nothing would be sent', (url, code) => {
    const { translation } = translateWebhook({ 'hooks.tmpl': text }, url);
    expect(codes(translation)).toContain(`error ${code}`);
    expect(JSON.stringify(translation.findings)).not.toContain('t0ken');
  });
});
