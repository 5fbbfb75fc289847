import type { StructValue } from './decoded';
import type { ReportAt } from './references';
import { hasMonthOutOfRange } from './time-ranges';
import type { ConfigPath } from '../model';

/**
 * Warns about time intervals that not every version of Alertmanager understands in the same way: empty entries, and months outside 1
 * to 12.
 *
 * @param isEmptyAt whether there is an empty value at a path. An entry without fields can also be one that is not readable.
 */
export function warnAboutTimeIntervals(root: StructValue, isEmptyAt: (path: ConfigPath) => boolean, warn: ReportAt): void {
  for (const list of ['mute_time_intervals', 'time_intervals']) {
    root.structs(list).forEach((named, index) => {
      if (named) {
        warnAboutMonths(named, [list, index], warn);
      } else if (isEmptyAt([list, index])) {
        warn([list, index], {
          code: 'config-empty-time-interval',
          message: `an entry of ${list} is empty, and not part of the definition`,
          fix: 'remove it; Alertmanager ignores it',
          subject: list,
        });
      }
    });
  }
}

function warnAboutMonths(named: StructValue, path: ConfigPath, warn: ReportAt): void {
  named.structs('time_intervals').forEach((interval, index) => {
    interval?.list('months')?.forEach((months, position) => {
      if (typeof months === 'string' && hasMonthOutOfRange(months)) {
        warn([...path, 'time_intervals', index, 'months', position], {
          code: 'config-month-out-of-range',
          message: `${JSON.stringify(months.slice(0, 60))} is not within the months 1 to 12; months outside never match`,
          fix: 'write months from 1 to 12 or their names: Alertmanager 0.35 and later refuse others, and AMP might, too',
          subject: named.text('name'),
        });
      }
    });
  });
}
