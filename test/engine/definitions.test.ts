import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CLASSIC_NAMES, configOf, UTF8_NAMES } from './definition-probes';
import { DefinitionCase, definitionCases, translateCase } from './definitions';
import { ask, hasGo } from './program';
import { verdictsOf } from './verdicts';
import { AlertManagerConfig } from '../../src/alertmanager/alert-manager-config';
import { UnsupportedReceivers } from '../../src/alertmanager/options';
import { FindingSeverity } from '../../src/findings/finding';
import { REQUEST } from '../alertmanager/translate/support';

const cases = [...new Map(definitionCases().map((one) => [one.definition, one])).values()];

function refused(judge: number): DefinitionCase[] {
  const verdicts = verdictsOf(cases.map(({ definition: text }) => ({ kind: 'definition', text })));
  return cases.filter((_, index) => verdicts[index][judge] !== '+');
}

describe('every configuration that is accepted without a finding', () => {
  test('is many', () => {
    expect(cases.length).toBeGreaterThan(400);
  });

  test.each([['classic', 0], ['UTF-8', 1]])('becomes a definition that Cortex accepts in %s mode', (_, judge) => {
    expect(refused(judge).map(({ name }) => name)).toEqual([]);
  });

  test('becomes a definition that the newest Alertmanager accepts, too', () => {
    expect(refused(2).map(({ name }) => name)).toEqual([]);
  });

  test('notifies of every sample: no field of the definition fails', () => {
    const verdicts = verdictsOf(cases.map(({ definition: text }) => ({ kind: 'notify', text })));
    expect(cases.filter((_, index) => verdicts[index].some((verdict) => /[^0]/.test(verdict) && verdict !== '-')).map(({ name }) => name)).toEqual([]);
  });
});

describe('label names that only the UTF-8 mode reads', () => {
  test.each(UTF8_NAMES)('%s is a warning with its place, and Cortex refuses it in classic mode only', (_, text, place) => {
    const { definition, findings } = translateCase(text);
    expect(findings.map(({ severity, code, path }) => [severity, code, path])).toEqual([[FindingSeverity.WARNING, 'amp-label-name', place]]);
    expect(verdictsOf([{ kind: 'definition', text: definition }])).toEqual([['-', '+', '+']]);
  });

  test.each(CLASSIC_NAMES)('%s is fine in both modes', (_, text) => {
    const { definition, findings } = translateCase(text);
    expect(findings).toEqual([]);
    expect(verdictsOf([{ kind: 'definition', text: definition }])).toEqual([['+', '+', '+']]);
  });

  test('the warning suggests the name that is most likely meant', () => {
    const [finding] = translateCase(UTF8_NAMES[1][1]).findings;
    expect(finding.message).toBe('the label name "foo-bar" in a matcher has characters other than letters, digits, and underscores');
    expect(finding.fix).toContain('if foo_bar is meant, write that');
  });
});

test.each([
  ['Local', ['warning amp-local-time time_intervals[0].time_intervals[0].location']], ['Europe/Berlin', []], ['UTC', []],
])('location %s', (location, expected) => {
  const text = configOf({ time_intervals: [{ name: 'night', time_intervals: [{ times: [{ start_time: '22:00', end_time: '24:00' }], location }] }] });
  expect(translateCase(text).findings.map(({ severity, code, path }) => `${severity} ${code} ${path}`)).toEqual(expected);
});

const CORPUS = join(process.env.CORPUS_DIR ?? join(__dirname, '../../../shared/corpus'), 'alertmanager');

if (existsSync(CORPUS) && hasGo()) {
  test('Cortex accepts the definition of every public configuration that synthesis accepts, and it notifies of every sample', () => {
    const definitions = readdirSync(CORPUS).filter((name) => name.endsWith('.yml')).flatMap((name) => {
      const config = AlertManagerConfig.fromFile(join(CORPUS, name), { unsupportedReceivers: UnsupportedReceivers.WARN, templateDirectory: CORPUS });
      const { definition, findings } = config._translate(REQUEST);
      return findings.some(({ severity }) => severity === FindingSeverity.ERROR) ? [] : [{ name, definition }];
    });
    expect(definitions.length).toBeGreaterThan(10);
    const answers = ask({ program: 'cortex', mode: 'classic' }, definitions.map(({ definition: text }) => ({ kind: 'notify', text })));
    const failed = definitions.map(({ name }, index) => [name, answers[index].error, answers[index].failures]).filter(([, error]) => error);
    expect(failed).toEqual([]);
  });
}
