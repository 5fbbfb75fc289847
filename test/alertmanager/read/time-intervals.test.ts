import { amtoolVerdicts } from './amtool';
import { readConfig } from '../../../src/alertmanager/read/read-config';

const HEAD = 'route: {receiver: r}\nreceivers: [{name: r}]\n';

function findingsOf(text: string): string[] {
  return readConfig(HEAD + text, 'f').findings.map(({ severity, code, path }) => `${severity} ${code} ${path ?? ''}`);
}

function withMonths(months: string): string {
  return `time_intervals: [{name: t, time_intervals: [{}, {months: ['may', ${months}]}]}]`;
}

describe('months', () => {
  test.each(["'15'", "'0'", "'13'", "'2020'", "'-1'", "'-2020'", "'0:3'", "'12:13'", "'december:13'"])('outside 1 to 12 are a warning: %s', (months) => {
    const place = 'time_intervals[0].time_intervals[1].months[1]';
    expect(findingsOf(withMonths(months))).toEqual([`warning config-month-out-of-range ${place}`]);
    expect(amtoolVerdicts([HEAD + withMonths(months)])).toEqual([true]);
  });

  test.each(["'1'", "'12'", "'1:12'", "'December'", "'may:12'", ''])('within the year are none: %s', (months) => {
    expect(findingsOf(withMonths(months))).toEqual([]);
  });

  test('that are not valid at all are an error', () => {
    expect(findingsOf(withMonths("'15:13'"))).toEqual(['error config-invalid-time-interval time_intervals[0].time_intervals[1].months[1]']);
  });

  test('are checked under the old name as well', () => {
    expect(findingsOf("mute_time_intervals: [{name: t, time_intervals: [{months: ['15']}]}]")).toEqual([
      'warning config-month-out-of-range mute_time_intervals[0].time_intervals[0].months[0]',
    ]);
  });
});

describe('an empty entry', () => {
  test.each(['time_intervals', 'mute_time_intervals'])('of %s is left out, with a warning', (list) => {
    const text = `${list}: [{name: t}, null]`;
    expect(findingsOf(text)).toEqual([`warning config-empty-time-interval ${list}[1]`]);
    expect(readConfig(HEAD + text, 'f').config?.[list as 'time_intervals']).toEqual([{ name: 't', time_intervals: [] }]);
    expect(amtoolVerdicts([HEAD + text])).toEqual([true]);
  });

  test('can come through an alias', () => {
    expect(findingsOf('templates: [&n null]\ntime_intervals: [*n]')).toEqual(['warning config-empty-time-interval time_intervals[0]']);
  });

  test('is not one that cannot be read', () => {
    expect(findingsOf('time_intervals: [text]')).toEqual(['error config-wrong-type time_intervals[0]']);
  });

  test('cannot be referred to', () => {
    const text = "route: {receiver: r, routes: [{mute_time_intervals: ['']}]}\nreceivers: [{name: r}]\ntime_intervals: [null]";
    expect(readConfig(text, 'f').findings.map(({ code }) => code)).toEqual(['config-undefined-time-interval', 'config-empty-time-interval']);
  });
});
