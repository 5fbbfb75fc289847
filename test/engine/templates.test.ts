import { generatedNotificationTemplates } from './generated-templates';
import { assignsInBranch, isConditional } from './template-places';
import { BLANK, callIn, GUARDS, MISTAKES, NEWER_FUNCTIONS, takeFirstFiring, UNGUARDED } from './template-probes';
import { findingsOf } from './templates';
import { VALID_TEMPLATES } from './valid-templates';
import { verdictsOf } from './verdicts';
import { readConfig } from '../../src/alertmanager/read/read-config';
import { checkTemplates } from '../../src/alertmanager/templates/check-templates';
import { FindingSeverity } from '../../src/findings/finding';

const templates = generatedNotificationTemplates();

/** Whether AMP's engine fails with one of the sample notifications at least. */
function fails(texts: readonly string[]): boolean[] {
  return verdictsOf(texts.map((text) => ({ kind: 'template', text }))).map(([cortex]) => cortex.includes('1'));
}

function severities(text: string): { readonly error: boolean; readonly warning: boolean } {
  const findings = findingsOf(text);
  return { error: findings.some(({ severity }) => severity === FindingSeverity.ERROR), warning: findings.length > 0 };
}

interface Named {
  readonly name: string;
  readonly explains: (text: string) => boolean;
}

/** Why a template fails in the engine and gets no finding: the type of a value depends on what is executed. */
const UNSEEN: readonly Named[] = [
  { name: 'and, or: one of several types, as an argument', explains: (text) => /\b(?:humanizeDuration|title|trimSpace|toUpper|toLower|len|since) \((?:and|or) /.test(text) },
  { name: 'a variable that a branch or a loop gives another type', explains: assignsInBranch },
];

/** How many templates each name explains, and what no name does. */
function sortByName(names: readonly Named[], texts: readonly string[]): { readonly counts: object; readonly unnamed: readonly string[] } {
  const found = texts.map((text) => names.find(({ explains }) => explains(text))?.name);
  const counts = Object.fromEntries(names.map(({ name }) => [name, found.filter((each) => each === name).length]));
  return { counts, unnamed: texts.filter((_, index) => found[index] === undefined) };
}

/** Whether all errors of a template have their places where something is executed only sometimes. */
function hasConditionalErrors(text: string): boolean {
  return findingsOf(text).filter(({ severity }) => severity === FindingSeverity.ERROR)
    .every(({ message }) => isConditional(text, Number(/at character (\d+)/.exec(message)?.[1]) - 1));
}

describe('generated templates, executed by the engine', () => {
  const failing = fails(templates);
  const found = templates.map(severities);
  const where = (condition: (index: number) => boolean): string[] => templates.filter((_, index) => condition(index));

  test('are of both kinds', () => {
    expect(failing.filter((each) => each).length).toBeGreaterThan(1000);
    expect(failing.filter((each) => !each).length).toBeGreaterThan(500);
  });

  test('that fail have a finding, but for named reasons', () => {
    const unseen = where((index) => failing[index] && !found[index].warning);
    expect(sortByName(UNSEEN, unseen)).toEqual({
      unnamed: [], counts: { 'and, or: one of several types, as an argument': 4, 'a variable that a branch or a loop gives another type': 8 },
    });
  });

  test('that never fail have no error, but for places that the samples do not execute', () => {
    const early = where((index) => !failing[index] && found[index].error);
    expect(early.filter((text) => !hasConditionalErrors(text))).toEqual([]);
    expect(early).toHaveLength(32);
  });

  test('that fail for some samples only, because of a missing entry, are a warning', () => {
    expect(where((index) => failing[index] && !found[index].error && found[index].warning).length).toBeGreaterThan(30);
  });
});

describe('valid templates in the style of public configurations', () => {
  test('are 200 different ones, and none fails with any sample', () => {
    expect(new Set(VALID_TEMPLATES).size).toBeGreaterThanOrEqual(200);
    const failing = fails(VALID_TEMPLATES);
    expect(VALID_TEMPLATES.filter((_, index) => failing[index])).toEqual([]);
  });

  test.each(VALID_TEMPLATES)('no finding: %s', (text) => {
    expect(findingsOf(text)).toEqual([]);
  });
});

describe('mistakes', () => {
  test('all fail in the engine', () => {
    const failing = fails(MISTAKES.map(([template]) => template));
    expect(MISTAKES.filter((_, index) => !failing[index]).map(([template]) => template)).toEqual([]);
  });

  test.each(MISTAKES)('%s: %s', (template, finding, fix) => {
    const findings = findingsOf(template);
    expect(findings.map(({ severity, code }) => `${severity} ${code}`)).toContain(finding);
    expect(findings[0].fix).toMatch(fix);
  });

  test('have the place of the expression, also in a template file that a field leads to', () => {
    const text = '{{ define "title" }}\n  {{ range .Alerts }}{{ .CommonLabels.team }}{{ end }}\n{{ end }}';
    expect(findingsOf('{{ template "title" . }}', [{ name: 'a.tmpl', path: 'templates/a.tmpl', text }]).map(({ code, position }) => [code, position])).toEqual([
      ['template-field-unknown', { file: 'templates/a.tmpl', line: 2, column: 25 }],
    ]);
  });

  test('in a definition that no field leads to are none', () => {
    const text = '{{ define "chat" }}{{ .Labels.x }}{{ end }}{{ define "page" }}{{ .Status }}{{ end }}';
    expect(findingsOf('{{ template "page" . }}', [{ name: 'a.tmpl', path: 'a.tmpl', text }])).toEqual([]);
  });

  test('depend on what a definition is executed with', () => {
    const files = [{ name: 'a.tmpl', path: 'a.tmpl', text: '{{ define "line" }}{{ .Labels.team }}{{ end }}' }];
    expect(findingsOf('{{ range .Alerts }}{{ template "line" . }}{{ end }}', files)).toEqual([]);
    expect(findingsOf('{{ template "line" . }}', files).map(({ code }) => code)).toEqual(['template-field-unknown']);
  });
});

test.each(GUARDS)('the first firing alert can be taken in %s', (guard) => {
  const guarded = takeFirstFiring(guard);
  expect(findingsOf(guarded)).toEqual([]);
  expect(fails([guarded])).toEqual([false]);
});

test.each(UNGUARDED)('it cannot in %s', (guard) => {
  const unguarded = takeFirstFiring(guard);
  expect(findingsOf(unguarded).map(({ code }) => code)).toEqual(['template-depends-on-data']);
  expect(fails([unguarded])).toEqual([true]);
});

test.each(BLANK)('%s fails nowhere, so it is no error', (text) => {
  expect(fails([text])).toEqual([false]);
  expect(severities(text).error).toBe(false);
});

test.each(NEWER_FUNCTIONS)('{{ %s }} is an error that names Alertmanager %s, which runs it', (call, since) => {
  const [[cortex, newest]] = verdictsOf([{ kind: 'template', text: callIn(call) }]);
  // Cortex is built with Alertmanager 0.31.
  expect(cortex.includes('1')).toBe(Number(since.slice(2)) > 31);
  expect(newest).toMatch(/^0+$/);
  const config = { route: { receiver: 'r' }, receivers: [{ name: 'r', pagerduty_configs: [{ routing_key: '0'.repeat(32), description: callIn(call) }] }] };
  const [finding, ...more] = checkTemplates(readConfig(JSON.stringify(config), 'alertmanager.yml'), []);
  expect(more.filter(({ code }) => code !== 'template-function-unavailable')).toEqual([]);
  expect(finding).toMatchObject({ severity: FindingSeverity.ERROR, code: 'template-function-unavailable', message: expect.stringContaining(`since Alertmanager ${since} only`) as unknown });
});
