import type { StructValue } from './decoded';
import { didYouMean } from '../../findings/near-miss';
import { readMatchers } from '../matchers/parse';
import type { ConfigPath } from '../model';
import { routesOf } from './schema/route';
import type { Diagnostic } from '../../findings/diagnostic';

/** Reports a problem with the value at a path. */
export type ReportAt = (path: ConfigPath, problem: Diagnostic) => void;

/** What names and refers to what: receivers, time intervals, and the root of the routing tree that everything falls back to. */
export function checkReferences(root: StructValue, report: ReportAt): void {
  checkRootRoute(root, report);
  const receivers = checkReceiverNames(root, report);
  const intervals = checkIntervalNames(root, report);
  const route = root.struct('route');
  for (const { route: node, path } of route ? routesOf(route, ['route']) : []) {
    checkReceiverReference(node, path, receivers, report);
    for (const field of ['mute_time_intervals', 'active_time_intervals']) {
      checkIntervalReferences(node, field, path, intervals, report);
    }
  }
}

/** The defined names; `complete` is false when a definition was not readable, so that nothing can be said to be undefined. */
interface Names {
  readonly defined: Set<string>;
  readonly complete: boolean;
}

function checkRootRoute(root: StructValue, report: ReportAt): void {
  const route = root.struct('route');
  if (!route) {
    if (!root.isInvalid('route')) {
      report([], { code: 'config-no-route', message: 'the configuration has no "route"', fix: 'add "route:" with at least a "receiver"' });
    }
    return;
  }
  const refuse = (field: string, message: string, fix: string): void => report(['route', field], { code: 'config-root-route', message, fix });
  if (!route.has('receiver') && !route.isInvalid('receiver')) {
    refuse('receiver', 'the root route has no receiver', 'give "route.receiver" the name of the receiver for everything that no other route takes');
  }
  for (const field of ['match', 'match_re', 'matchers']) {
    if (hasMatchers(route, field)) {
      refuse(field, `the root route has "${field}", but it must match everything`, 'move the matchers to a route under "routes"');
    }
  }
  for (const field of ['mute_time_intervals', 'active_time_intervals']) {
    if ((route.list(field)?.length ?? 0) > 0) {
      refuse(field, `the root route has "${field}", which is not allowed`, 'move them to the routes under "routes"');
    }
  }
  if (route.bool('continue') === true) {
    refuse('continue', 'the root route has "continue: true", which is not allowed', 'remove it');
  }
}

function hasMatchers(route: StructValue, field: string): boolean {
  if (field !== 'matchers') {
    return (route.map(field)?.size ?? 0) > 0;
  }
  return (route.texts(field) ?? []).some((entry) => {
    const result = readMatchers(entry);
    return 'matchers' in result && result.matchers.length > 0;
  });
}

function checkReceiverNames(root: StructValue, report: ReportAt): Names {
  const defined = new Set<string>();
  let complete = !root.isInvalid('receivers');
  root.structs('receivers').forEach((receiver, index) => {
    const name = receiver?.text('name');
    if (name === undefined || name === '') {
      complete = false;
      return;
    }
    if (defined.has(name)) {
      report(['receivers', index, 'name'], {
        code: 'config-duplicate-receiver',
        message: `the receiver ${JSON.stringify(name)} is defined twice`,
        fix: 'rename one of them, or move its integrations to the first',
      });
    }
    defined.add(name);
  });
  return { defined, complete };
}

function checkReceiverReference(route: StructValue, path: ConfigPath, receivers: Names, report: ReportAt): void {
  const name = route.text('receiver');
  if (name === undefined || name === '' || receivers.defined.has(name) || !receivers.complete) {
    return;
  }
  report([...path, 'receiver'], {
    code: 'config-undefined-receiver',
    message: `the receiver ${JSON.stringify(name)} is not defined`,
    fix: known(name, receivers.defined, 'receivers'),
  });
}

/** Both lists share one set of names. */
function checkIntervalNames(root: StructValue, report: ReportAt): Names {
  const defined = new Set<string>();
  for (const field of ['mute_time_intervals', 'time_intervals']) {
    root.structs(field).forEach((interval, index) => {
      const name = interval?.text('name') ?? '';
      // An empty entry counts as an interval without a name; one with fields but no name was complained of already.
      if (defined.has(name) && (name !== '' || interval === undefined)) {
        report([field, index, 'name'], {
          code: 'config-duplicate-time-interval',
          message: `the time interval ${JSON.stringify(name)} is defined twice`,
          fix: 'rename one of them; "time_intervals" and "mute_time_intervals" share their names',
        });
      }
      defined.add(name);
    });
  }
  // What is left out of the definition cannot be referred to.
  defined.delete('');
  return { defined, complete: !root.isInvalid('mute_time_intervals') && !root.isInvalid('time_intervals') };
}

function checkIntervalReferences(route: StructValue, field: string, path: ConfigPath, intervals: Names, report: ReportAt): void {
  route.list(field)?.forEach((name, index) => {
    if (typeof name !== 'string' || intervals.defined.has(name) || !intervals.complete) {
      return;
    }
    report([...path, field, index], {
      code: 'config-undefined-time-interval',
      message: `the time interval ${JSON.stringify(name)} is not defined`,
      fix: known(name, intervals.defined, 'time intervals'),
    });
  });
}

/** Guesses what was meant, and lists the names; only some of them where they are many. */
function known(name: string, defined: ReadonlySet<string>, what: string): string {
  const some: string[] = [];
  for (const one of defined) {
    if (some.length === MAX_LISTED_NAMES) {
      break;
    }
    some.push(JSON.stringify(one));
  }
  const more = defined.size > MAX_LISTED_NAMES ? ` and ${defined.size - MAX_LISTED_NAMES} more` : '';
  const guess = defined.size <= MAX_GUESS_CANDIDATES ? didYouMean(name, defined) : '';
  return `${guess}defined ${what} are ${some.join(', ') || 'none'}${more}`;
}

const MAX_LISTED_NAMES = 20;

/** Beyond, a file full of wrong names would take long, and everything is similar to something. */
const MAX_GUESS_CANDIDATES = 200;
