import * as fc from 'fast-check';
import { isSeverityMap, normalizeSeverity, worstSeverity } from '../../../../lambda/receive/event/severity';
import { PAGERDUTY_SEVERITIES } from '../../../../src/contract/pagerduty-event';

test.each(PAGERDUTY_SEVERITIES)('%s stays, in any case and with white space', (severity) => {
  expect(normalizeSeverity(severity, {})).toEqual({ severity, isUnknown: false });
  expect(normalizeSeverity(` ${severity.toUpperCase()}\n`, {})).toEqual({ severity, isUnknown: false });
});

test('a map comes first, even for the four', () => {
  expect(normalizeSeverity('Page', { page: 'critical' })).toEqual({ severity: 'critical', isUnknown: false });
  expect(normalizeSeverity('info', { info: 'warning' })).toEqual({ severity: 'warning', isUnknown: false });
});

test.each([
  ['warn', 'warning'], ['CRIT', 'critical'], ['fatal', 'critical'], ['err', 'error'], ['informational', 'info'],
])('%s is a common name for %s', (name, severity) => {
  expect(normalizeSeverity(name, {})).toEqual({ severity, isUnknown: false });
  expect(normalizeSeverity(name, { [name.toLowerCase()]: 'info' }).severity).toBe('info');
});

test.each([
  ['\nwarning\n\nwarning\n', 'warning'], ['info critical', 'critical'], ['info,warn', 'warning'], ['warning | page', 'critical'],
])('the list %j means the worst of its severities', (printed, severity) => {
  expect(normalizeSeverity(printed, { page: 'critical' })).toEqual({ severity, isUnknown: false });
});

test.each(['critical page', 'not critical', 'info: warning', ', ;'])('%j is not a list of severities', (printed) => {
  expect(normalizeSeverity(printed, {})).toEqual({ severity: 'error', isUnknown: true });
});

test('whatever is printed, PagerDuty gets one of its four, and what it would have refused is known', () => {
  const printed = fc.oneof(fc.string(), fc.constantFrom('none', 'page', '__proto__', 'toString', 'constructor', ''));
  fc.assert(fc.property(printed, (text) => {
    const { severity, isUnknown } = normalizeSeverity(text, {});
    expect(PAGERDUTY_SEVERITIES).toContain(severity);
    if (PAGERDUTY_SEVERITIES.some((known) => known === text.trim().toLowerCase())) expect(isUnknown).toBe(false);
    if (isUnknown) expect(severity).toBe('error');
  }));
});

test('an event that says nothing gets the default of Alertmanager, which is no finding', () => {
  expect(normalizeSeverity(undefined, {})).toEqual({ severity: 'error', isUnknown: false });
});

test('a map has PagerDuty\'s severities as values', () => {
  expect(isSeverityMap({ page: 'critical' })).toBe(true);
  expect(isSeverityMap({})).toBe(true);
  expect(isSeverityMap({ page: 'Critical' })).toBe(false);
  expect(isSeverityMap(['critical'])).toBe(false);
});

test('the worst of several counts', () => {
  expect(worstSeverity(['info', undefined, 'Critical', 'warning'])).toBe('critical');
  expect(worstSeverity(['info', 'warn'])).toBe('warning');
  expect(worstSeverity([undefined, 'page'])).toBe('page');
  expect(worstSeverity([])).toBeUndefined();
});
