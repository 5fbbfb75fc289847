import { generatedRuleTemplates } from './generated-templates';
import { RULE_TEMPLATES } from './rule-template-probes';
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

/** Why a template fails and gets no finding. */
const UNSEEN: ReadonlyArray<{ readonly name: string; readonly explains: (text: string) => boolean }> = [
  { name: 'the text of a label or of a URL is not a number', explains: (text) => /humanize|toTime|parseDuration/.test(text) },
  { name: 'the value is not a number, or infinite', explains: (text) => text.includes('toTime') },
  { name: 'the text is not a regular expression or a query', explains: (text) => /match|reReplaceAll|query/.test(text) },
  { name: 'and, or: one of several types', explains: (text) => /\b(?:and|or) /.test(text) },
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
    const unseen = templates.filter((_, index) => failing[index] && !found[index]);
    expect(unseen.filter((text) => !UNSEEN.some(({ explains }) => explains(text)))).toEqual([]);
    expect(unseen.length).toBeLessThan(templates.length / 20);
  });

  test('that never fail have none, but for what is not executed', () => {
    const early = templates.filter((_, index) => !failing[index] && found[index]);
    expect(early.filter((text) => !/\{\{ (?:if|range|with) |\b(?:and|or) /.test(text))).toEqual([]);
    expect(early.length).toBeLessThan(templates.length / 20);
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
