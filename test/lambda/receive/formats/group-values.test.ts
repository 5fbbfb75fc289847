import * as fc from 'fast-check';
import { groupValuesOf } from '../../../../lambda/receive/formats/group-values';

/** The default subject behind its status, as the template of Alertmanager prints it. */
function restOf(labels: ReadonlyArray<readonly [string, string]>, isGroupLabel: (name: string) => boolean): string {
  const values = (wanted: boolean) => labels.filter(([name]) => isGroupLabel(name) === wanted).map(([, value]) => value).join(' ');
  const others = labels.some(([name]) => !isGroupLabel(name)) ? `(${values(false)})` : '';
  return `${values(true)} ${others}`;
}

const value = fc.oneof(
  fc.constantFrom('x', 'y', 'a b', 'a', 'b', 'Data (D:)', '(', ')', 'a (b', 'b) a'),
  fc.string({ unit: fc.constantFrom('a', ' ', '(', ')'), minLength: 1, maxLength: 5 }),
);
const labels = fc.array(fc.tuple(value, fc.boolean()), { minLength: 1, maxLength: 6 }).map((entries) => entries.map(([text, isGroup], index) => ({
  label: [`l${index}`, text] as readonly [string, string], isGroup,
})));

test('the values of the group labels are found, or nothing is: never others', () => {
  fc.assert(fc.property(labels, (all) => {
    const groupNames = new Set(all.filter(({ isGroup }) => isGroup).map(({ label: [name] }) => name));
    const printed = all.map(({ label }) => label);
    const found = groupValuesOf(restOf(printed, (name) => groupNames.has(name)), printed);
    expect([undefined, printed.filter(([name]) => groupNames.has(name)).map(([, text]) => text)]).toContainEqual(found);
  }), { numRuns: 2000 });
});

test.each([
  [['alertname=VolumeFull', 'severity=critical', 'volume=Data (D:)'], 'VolumeFull Data (D:) (critical)', ['VolumeFull', 'Data (D:)']],
  [['alertname=VolumeFull', 'volume=Data (D:)'], 'VolumeFull Data (D:) ', ['VolumeFull', 'Data (D:)']],
  [['alertname=VolumeFull', 'volume=Data (D:)'], 'VolumeFull Data (D:)', ['VolumeFull', 'Data (D:)']],
  [['alertname=X', 'severity=critical'], ' (X critical)', []],
  [['app=web', 'job=web', 'severity=critical'], 'web (web critical)', ['web']],
  [['alertname=X', 'severity=critical'], 'something of the user', undefined],
])('%j in %j', (printed, rest, values) => {
  expect(groupValuesOf(rest, printed.map((text) => text.split('=') as [string, string]))).toEqual(values);
});

test('values that can be divided in very many ways cost no more than a look', () => {
  const many = Array.from({ length: 40 }, (_, index) => [`l${index}`, 'a'] as const);
  expect(groupValuesOf(`${Array(20).fill('a').join(' ')} (${Array(20).fill('a').join(' ')})`, many)).toEqual(Array(20).fill('a'));
});
