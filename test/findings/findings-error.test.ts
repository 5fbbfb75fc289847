import { inspect } from 'node:util';
import { Finding, FindingSeverity } from '../../src/findings/finding';
import { FindingsError } from '../../src/findings/findings-error';

const finding = (message: string, severity = FindingSeverity.ERROR): Finding => ({ code: 'config-unknown-field', severity, message });

test('an uncaught error prints each finding once: Node.js prints enumerable properties after the message', () => {
  const error = new FindingsError([finding('first'), finding('second')], 'Stack/Alerting');
  // What Node.js prints of an error that nobody catches.
  const printed = inspect(error);
  expect(printed.split('first')).toHaveLength(2);
  expect(printed.split('second')).toHaveLength(2);
  expect(printed).toContain('Stack/Alerting: 2 errors in the alerting configuration');
  expect(Object.keys(error)).toEqual([]);
});

test('programs find the findings, the code of the first error, and the name', () => {
  const error = new FindingsError([{ ...finding('w', FindingSeverity.WARNING), code: 'service-key' }, finding('e')]);
  expect(error.code).toBe('config-unknown-field');
  expect(error.findings.map(({ message }) => message)).toEqual(['w', 'e']);
  expect(error.name).toBe('AmpPagerDutyError');
  expect(String(error)).toMatch(/^AmpPagerDutyError: 1 error in the alerting configuration\n/);
});
