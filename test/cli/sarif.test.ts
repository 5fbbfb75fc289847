import fc from 'fast-check';
import { sarifProblems } from './sarif-schema';
import { formatSarif } from '../../src/cli/formats';
import { FINDING_CODES } from '../../src/findings/codes';
import { Finding, FindingSeverity } from '../../src/findings/finding';

const FINDING: Finding = {
  code: 'promql-syntax', severity: FindingSeverity.ERROR, message: 'unexpected end', position: { file: 'rules/a.yml', line: 5, column: 20 },
};

const natural = fc.integer({ min: 1, max: 2_000_000 });
const words = fc.string({ unit: 'binary', minLength: 1 });

const finding: fc.Arbitrary<Finding> = fc.record({
  code: fc.constantFrom(...(Object.keys(FINDING_CODES) as Array<Finding['code']>)),
  severity: fc.constantFrom(FindingSeverity.ERROR, FindingSeverity.WARNING),
  message: words,
  fix: fc.option(words, { nil: undefined }),
  path: fc.option(words, { nil: undefined }),
  position: fc.option(fc.record({ file: fc.string({ unit: 'grapheme', minLength: 1 }), line: natural, column: natural }), { nil: undefined }),
});

test('any findings become a log that the schema of SARIF and GitHub accept', () => {
  fc.assert(fc.property(fc.array(finding, { maxLength: 8 }), (findings) => {
    expect(sarifProblems(formatSarif(findings, 'rules'))).toEqual([]);
  }), { numRuns: 200 });
});

test('a finding without a place has that of the file, which GitHub needs', () => {
  const { position: _, ...bare } = FINDING;
  const log = JSON.parse(formatSarif([bare], 'alert rules/')) as { runs: [{ results: [{ locations: unknown[] }] }] };
  expect(log.runs[0].results[0].locations).toEqual([{ physicalLocation: { artifactLocation: { uri: 'alert%20rules/' }, region: { startLine: 1, startColumn: 1 } } }]);
});

describe('the check of the schema refuses', () => {
  const sound = formatSarif([FINDING], 'rules');

  test.each<[string, string | RegExp, string, string]>([
    ['a result without a location', /"locations": \[[^]*?\n {10}\]/, '"locations": []', '$.runs[0].results[0].locations: fewer than 1'],
    ['a line of 0', '"startLine": 5', '"startLine": 0', '$.runs[0].results[0].locations[0].physicalLocation.region.startLine: not a whole number from 1'],
    ['an unknown level', '"level": "error"', '"level": "fatal"', '$.runs[0].results[0].level: does not match ^(?:none|note|warning|error)$'],
    ['an unknown property', '"level": "error"', '"severity": "error"', '$.runs[0].results[0].severity: unknown'],
    ['a space in a URI', 'rules/a.yml', 'rules/a b.yml', '$.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri: does not match'],
    ['another version', '"2.1.0"', '"2.0.0"', '$.version: does not match ^2\\.1\\.0$'],
    ['a result of another rule', '"ruleIndex": 0', '"ruleIndex": 1', 'promql-syntax is not the rule of its index'],
  ])('%s', (_, part, replacement, problem) => {
    expect(sarifProblems(sound)).toEqual([]);
    expect(sarifProblems(sound.replace(part, replacement))).toEqual([expect.stringContaining(problem) as unknown]);
  });
});
