import { listOf, optionalText, struct, StructSchema, text } from './schema';
import { checkDaysOfMonth, checkLocation, checkMonths, checkTime, checkWeekdays, checkYears, readTime } from '../time-ranges';

const TIME_RANGE = struct('a time range', { start_time: text(checkTime), end_time: text(checkTime) }, {
  required: ['start_time', 'end_time'],
  check: (fields, report) => {
    const [start, end] = [readTime(fields.text('start_time') ?? ''), readTime(fields.text('end_time') ?? '')];
    if (start !== undefined && end !== undefined && start >= end) {
      report({
        code: 'config-invalid-time-interval',
        message: '"end_time" is not after "start_time"',
        fix: 'split a range over midnight in two: up to "24:00", and from "00:00"',
      }, 'end_time');
    }
  },
});

const TIME_INTERVAL = struct('a time interval', {
  times: listOf(TIME_RANGE),
  weekdays: listOf(optionalText(checkWeekdays)),
  days_of_month: listOf(optionalText(checkDaysOfMonth)),
  months: listOf(optionalText(checkMonths)),
  years: listOf(optionalText(checkYears)),
  location: optionalText(checkLocation),
});

function named(what: string): StructSchema {
  return struct(what, { name: text(), time_intervals: listOf(TIME_INTERVAL) }, { required: ['name'] });
}

/** An entry of `time_intervals`. */
export const NAMED_TIME_INTERVAL = named('a named time interval');

/** An entry of `mute_time_intervals`, the older name. */
export const MUTE_TIME_INTERVAL = named('a mute time interval');
