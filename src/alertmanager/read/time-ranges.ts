import { knowsTimeZone } from './time-zones';
import type { Diagnostic } from '../../findings/diagnostic';

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];

/** `monday` or `monday:friday`. */
export function checkWeekdays(text: string): Diagnostic | undefined {
  const range = readRange(text, (word) => orUndefined(WEEKDAYS.indexOf(word)));
  if (range === undefined) {
    return wrong(text, 'a weekday or a range of weekdays', 'write names such as "monday" or "monday:friday"');
  }
  return range[0] > range[1] ? wrong(text, 'a range of weekdays', 'the week begins with sunday; split the range, for example "saturday" and "sunday:monday"') : undefined;
}

/** `1`, `1:5`, `-1`, `-3:-1`, where negative numbers count from the end of the month. */
export function checkDaysOfMonth(text: string): Diagnostic | undefined {
  const range = readRange(text, readInteger);
  const fix = 'write days from 1 to 31, or from -1 (the last day) to -31, such as "1:5" or "-3:-1"';
  if (range === undefined || range.some((day) => day === 0 || day < -31 || day > 31)) {
    return wrong(text, 'a day of the month or a range of days', fix);
  }
  const [begin, end] = range;
  if (begin < 0 && end > 0) {
    return wrong(text, 'a range of days', 'a range that begins with a negative day must end with one');
  }
  // Months have 28 days at least: a range that is backwards even then can never match.
  const fromStart = (day: number): number => (day < 0 ? 28 + day : day);
  return fromStart(begin) > fromStart(end) ? wrong(text, 'a range of days', 'the end must not be before the start') : undefined;
}

/** `january`, `1`, `january:march`, `1:3`. Numbers outside 1 to 12 are not an error: see `hasMonthOutOfRange`. */
export function checkMonths(text: string): Diagnostic | undefined {
  const range = readRange(text, readMonth);
  if (range === undefined) {
    return wrong(text, 'a month or a range of months', 'write names or numbers such as "january:march" or "1:3"');
  }
  return range[0] > range[1] ? wrong(text, 'a range of months', 'the end must not be before the start; split a range over the new year') : undefined;
}

/** Whether a valid range of months begins or ends outside the year. Alertmanager accepts that up to version 0.34. */
export function hasMonthOutOfRange(text: string): boolean {
  return readRange(text, readMonth)?.some((month) => month < 1 || month > 12) ?? false;
}

function readMonth(word: string): number | undefined {
  const index = MONTHS.indexOf(word);
  return index === -1 ? readInteger(word) : index + 1;
}

/** `2026` or `2026:2028`. */
export function checkYears(text: string): Diagnostic | undefined {
  const range = readRange(text, readInteger);
  if (range === undefined) {
    return wrong(text, 'a year or a range of years', 'write years such as "2026" or "2026:2028"');
  }
  return range[0] > range[1] ? wrong(text, 'a range of years', 'the end must not be before the start') : undefined;
}

/** Minutes since midnight of `HH:MM`, up to `24:00`. */
export function readTime(text: string): number | undefined {
  const match = /^(?:([01][0-9]|2[0-3]):([0-5][0-9])|(24):(00))$/.exec(text);
  return match ? Number(match[1] ?? match[3]) * 60 + Number(match[2] ?? match[4]) : undefined;
}

export function checkTime(text: string): Diagnostic | undefined {
  return text === '' || readTime(text) !== undefined ? undefined : wrong(text, 'a time of day', 'write HH:MM, from "00:00" to "24:00"');
}

/** A name of the IANA time zone database, `UTC` or `Local`. */
export function checkLocation(text: string): Diagnostic | undefined {
  return knowsTimeZone(text) ? undefined : wrong(text, 'a time zone', 'write a name of the IANA time zone database, such as "Europe/Berlin", or "UTC"');
}

function readRange(text: string, read: (word: string) => number | undefined): [number, number] | undefined {
  const words = text.toLowerCase().split(':');
  const [begin, end] = [read(words[0]), read(words[words.length - 1])];
  return words.length > 2 || begin === undefined || end === undefined ? undefined : [begin, end];
}

function readInteger(word: string): number | undefined {
  const value = /^[-+]?[0-9]+$/.test(word) ? Number(word) : NaN;
  return Math.abs(value) <= 2 ** 63 ? value : undefined;
}

function orUndefined(index: number): number | undefined {
  return index === -1 ? undefined : index;
}

function wrong(text: string, what: string, fix: string): Diagnostic {
  return { code: 'config-invalid-time-interval', message: `${JSON.stringify(text.slice(0, 60))} is not ${what}`, fix };
}
