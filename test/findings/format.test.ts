import { documentationUrl, packageVersion } from '../../src/findings/documentation';
import { Finding, FindingSeverity } from '../../src/findings/finding';
import { formatFinding, formatFindings, MAX_FINDINGS_PER_FILE } from '../../src/findings/format';

const URL = documentationUrl('docs/findings.md', 'config-unknown-field');

function finding(line: number, more: Partial<Finding> = {}): Finding {
  return { code: 'config-unknown-field', severity: FindingSeverity.ERROR, message: `message ${line}`, position: { file: 'a.yml', line, column: 7 }, ...more };
}

test('a finding has position, severity, path, code, fix, and a link', () => {
  expect(formatFinding(finding(12, { path: 'receivers[0].x', fix: 'remove it' })))
    .toBe(`a.yml:12:7 error: message 12 (receivers[0].x) [config-unknown-field]\n    remove it\n    ${URL}`);
});

test('a finding of a prop has no position', () => {
  expect(formatFinding({ ...finding(1, { path: 'delivery.topic' }), position: undefined }))
    .toBe(`error: message 1 (delivery.topic) [config-unknown-field]\n    ${URL}`);
});

test('links lead to the tag of the version, and to main before the first release', () => {
  const tag = packageVersion() === '0.0.0' ? 'main' : `v${packageVersion()}`;
  expect(URL).toBe(`https://github.com/cdk-amp-pagerduty/cdk-amp-pagerduty/blob/${tag}/docs/findings.md#config-unknown-field`);
});

describe('the limit for each file', () => {
  const headlines = (findings: readonly Finding[]) => formatFindings(findings).split('\n').filter((line) => !line.startsWith(' '));
  const many = (count: number, more: Partial<Finding> = {}) => Array.from({ length: count }, (_, index) => finding(index + 1, more));

  test('is not noticed by a file that stays within it', () => {
    expect(headlines(many(MAX_FINDINGS_PER_FILE))).toHaveLength(MAX_FINDINGS_PER_FILE);
  });

  test.each([[1, 'finding is'], [2, 'findings are']])('counts %d more in one line', (extra, words) => {
    const lines = headlines(many(MAX_FINDINGS_PER_FILE + extra));
    expect(lines).toHaveLength(MAX_FINDINGS_PER_FILE + 1);
    expect(lines[MAX_FINDINGS_PER_FILE]).toBe(`a.yml: ${extra} more ${words} not listed; fix those listed first`);
  });

  test('lists errors before warnings, in the order of the file', () => {
    const warnings = many(MAX_FINDINGS_PER_FILE, { severity: FindingSeverity.WARNING });
    const lines = headlines([...warnings, finding(1000)]);
    expect(lines[MAX_FINDINGS_PER_FILE - 1]).toBe('a.yml:1000:7 error: message 1000 [config-unknown-field]');
    expect(lines[0]).toBe('a.yml:1:7 warning: message 1 [config-unknown-field]');
  });

  test('holds for each file on its own', () => {
    const other = many(3, { position: { file: 'b.yml', line: 1, column: 1 } });
    expect(headlines([...many(MAX_FINDINGS_PER_FILE + 1), ...other])).toHaveLength(MAX_FINDINGS_PER_FILE + 3 + 1);
  });
});
