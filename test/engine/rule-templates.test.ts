import { generatedRuleTemplates } from './generated-templates';
import { RULE_TEMPLATES } from './rule-template-probes';
import { isConditional } from './template-places';
import { verdictsOf } from './verdicts';
import type { Finding } from '../../src/findings/finding';
import { RuleGroups } from '../../src/rules/rule-groups';

function findingsOf(annotation: string): readonly Finding[] {
  const file = { groups: [{ name: 'g', rules: [{ alert: 'A', expr: 'up == 0', annotations: { summary: annotation } }] }] };
  return RuleGroups.fromString(JSON.stringify(file))._read()[0].findings;
}

/** Whether Prometheus fails to expand each of the templates for one of the sample alerts at least. */
function fails(texts: readonly string[]): boolean[] {
  return verdictsOf(texts.map((text) => ({ kind: 'rule-template', text }))).map(([cortex]) => cortex.includes('1'));
}

const CONVERSION = '(?:humanize\\w*|toTime|parseDuration)';
const LABEL = '(?:\\$labels\\.\\w+|\\.Labels\\.job|\\$externalLabels\\.region|\\(first \\(query "up"\\)\\)\\.Labels\\.job)';

/** A conversion of an expression, written in both orders. */
function converts(expression: string, conversion = CONVERSION): RegExp {
  return new RegExp(`\\{\\{ (?:if )?(?:${conversion} ${expression}|${expression} \\| ${conversion}) \\}\\}`);
}

/** Why a template fails and gets no finding: what it converts is known only when the alert fires. */
const UNSEEN: ReadonlyArray<{ readonly name: string; readonly pattern: RegExp }> = [
  { name: 'the text of a label is not a number or a duration', pattern: converts(LABEL) },
  { name: 'the value is not finite, so it is no time', pattern: converts('(?:\\$value|\\.Value)', 'toTime') },
  { name: 'the external URL is not a number or a duration', pattern: converts('(?:\\$externalURL|\\.ExternalURL)') },
];

describe('generated templates of rules, expanded by Prometheus', () => {
  const templates = generatedRuleTemplates();
  const failing = fails(templates);
  const found = templates.map((text) => findingsOf(text).length > 0);

  test('are of both kinds', () => {
    expect(failing.filter((each) => each).length).toBeGreaterThan(300);
    expect(failing.filter((each) => !each).length).toBeGreaterThan(300);
  });

  test('that fail have a finding, but for named reasons', () => {
    const names = templates.filter((_, index) => failing[index] && !found[index])
      .map((text) => UNSEEN.find(({ pattern }) => pattern.test(text))?.name ?? text);
    const counts = Object.fromEntries([...new Set(names)].map((name) => [name, names.filter((each) => each === name).length]));
    expect(counts).toEqual({
      'the text of a label is not a number or a duration': 27,
      'the value is not finite, so it is no time': 3,
      'the external URL is not a number or a duration': 11,
    });
  });

  test('that never fail have none, but for places that the samples do not execute', () => {
    const early = templates.filter((_, index) => !failing[index] && found[index]);
    expect(early.filter((text) => !isConditional(text, text.lastIndexOf('{{', text.lastIndexOf('{{') - 1)))).toEqual([]);
    expect(early).toHaveLength(7);
  });
});

test.each(RULE_TEMPLATES)('%s: %j, exactly where Prometheus fails', (template, expected) => {
  expect(findingsOf(template).map(({ severity, code }) => `${severity} ${code}`)).toEqual(expected);
  expect(fails([template])).toEqual([expected.length > 0]);
});

test('the comparison with a whole number says what to write', () => {
  expect(findingsOf('{{ if gt $value 5 }}high{{ end }}')[0]).toMatchObject({
    message: 'gt compares a number with a fraction with a whole number: the page has the text of an error in place of this',
    fix: 'write the number with a fraction: 5.0',
  });
});
