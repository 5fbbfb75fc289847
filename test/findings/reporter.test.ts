import { FindingSeverity } from '../../src/findings/finding';
import { FindingReporter } from '../../src/findings/reporter';

describe('the reporter of a text', () => {
  const reporterOf = (text: string) => FindingReporter.forText('rules/node.yml', text);

  test('turns offsets into lines and columns, and names the file as the subject', () => {
    const reporter = reporterOf('ab\ncd\n');
    reporter.warning(4, { code: 'rule-file-empty', message: 'no rules here' });
    expect(reporter.findings).toEqual([{
      code: 'rule-file-empty', severity: FindingSeverity.WARNING, message: 'no rules here', position: { file: 'rules/node.yml', line: 2, column: 2 }, subject: 'node.yml',
    }]);
  });

  test('puts what has no offset at the start of the file', () => {
    const reporter = reporterOf('ab\ncd\n');
    reporter.error({ offset: undefined, path: 'groups[0]' }, { code: 'rule-missing-field', message: 'group has no name' });
    expect(reporter.findings[0]).toMatchObject({ position: { line: 1, column: 1 }, path: 'groups[0]' });
  });

  test('leaves the subject to a diagnostic that has one', () => {
    const reporter = reporterOf('');
    reporter.warning(0, { code: 'promql-version', message: 'x', subject: 'InstanceDown' });
    expect(reporter.findings[0].subject).toBe('InstanceDown');
  });

  test('counts errors, not warnings', () => {
    const reporter = reporterOf('');
    reporter.warning(0, { code: 'rule-file-empty', message: 'x' });
    expect(reporter.errorCount).toBe(0);
    reporter.report(0, { code: 'rule-file-empty', message: 'x' });
    reporter.report(0, { code: 'rule-file-empty', message: 'x', severity: FindingSeverity.WARNING });
    expect(reporter.errorCount).toBe(1);
  });
});

test('the reporter of props has the prop as path and subject, and no position', () => {
  const reporter = FindingReporter.forProps();
  reporter.error('delivery.topic', { code: 'topic-fifo', message: 'x', fix: 'y' });
  reporter.error({}, { code: 'config-file-missing', message: 'x' });
  expect(reporter.findings).toEqual([
    { code: 'topic-fifo', severity: FindingSeverity.ERROR, message: 'x', fix: 'y', path: 'delivery.topic', subject: 'delivery.topic' },
    { code: 'config-file-missing', severity: FindingSeverity.ERROR, message: 'x' },
  ]);
});

test('every text of a finding is redacted, but not its subject', () => {
  const reporter = new FindingReporter(({ path }) => ({ path, subject: 'key' }), (text) => text.replaceAll('key', '…'));
  reporter.error(['receivers', 0, 'key'], { code: 'config-unknown-field', message: 'a key', fix: 'no key' });
  expect(reporter.findings[0]).toMatchObject({ message: 'a …', fix: 'no …', path: 'receivers[0].…', subject: 'key' });
});

describe('a finding that says nothing new', () => {
  const warn = (reporter: FindingReporter, path: string, more: object = {}): void =>
    reporter.warning(path, { code: 'secret-file', message: 'AMP cannot read the file', fix: 'a fix', ...more });

  test('is listed once, whoever reports it', () => {
    const reporter = FindingReporter.forProps();
    warn(reporter, 'global.http_config');
    warn(reporter, 'receivers[0]');
    warn(reporter, 'global.http_config');
    expect(reporter.findings.map(({ path }) => path)).toEqual(['global.http_config', 'receivers[0]']);
  });

  test.each<[string, string, object]>([
    ['place', 'global.smtp_from', {}], ['message', 'global', { message: 'another' }], ['code', 'global', { code: 'secret-redacted' }],
    ['fix', 'global', { fix: 'another' }], ['subject', 'global', { subject: 'another' }],
  ])('is none with another %s', (_, path, more) => {
    const reporter = FindingReporter.forProps();
    warn(reporter, 'global');
    warn(reporter, path, more);
    expect(reporter.findings).toHaveLength(2);
  });

  test('has the severity error beside a warning, and counts for the check that reports it', () => {
    const reporter = FindingReporter.forText('a.yml', 'text');
    warn(reporter, 'global');
    for (const count of [1, 2]) {
      reporter.error('global', { code: 'secret-file', message: 'AMP cannot read the file', fix: 'a fix' });
      expect([reporter.errorCount, reporter.findings.length]).toEqual([count, 2]);
    }
  });
});
