import { keepingPath, withNumber, withRegexp } from '../../go/template/typed/function-checks';
import { DURATION, TIME } from '../../go/template/typed/time-types';
import { ANY, BOOL, GoType, HTML, INT, signature, STRING, STRINGS } from '../../go/template/typed/types';
import type { TemplateFunction } from '../../go/template/typed/universe';
import { knowsTimeZone } from '../read/time-zones';

const taking = (parameters: readonly GoType[], result: GoType): TemplateFunction => signature(parameters, result);

const stringSlice: TemplateFunction = {
  ...signature([STRING], STRINGS, true),
  evaluate: (args) => ({ minLength: args.length }),
};

const tz: TemplateFunction = {
  ...taking([STRING, TIME], TIME),
  check: ([{ constant }]) => (typeof constant !== 'string' || knowsTimeZone(constant) ? undefined : {
    kind: 'constant', message: `there is no time zone ${JSON.stringify(constant)}`, fix: 'write a name of the IANA time zone database, such as "Europe/Berlin"',
  }),
};

/** What Alertmanager's functions take and return; which of them AMP has, `functions.ts` says. */
export const FUNCTION_SIGNATURES: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ...['toUpper', 'toLower', 'title'].map((name) => [name, keepingPath(taking([STRING], STRING))] as const),
  ['trimSpace', taking([STRING], STRING)],
  ['join', taking([STRING, STRINGS], STRING)],
  ['match', withRegexp(taking([STRING, STRING], BOOL))],
  ['reReplaceAll', withRegexp(taking([STRING, STRING, STRING], STRING))],
  ['safeHtml', taking([STRING], HTML)],
  ['safeUrl', taking([STRING], { ...HTML, title: 'a URL', underlying: 'URL' })],
  ['urlUnescape', taking([STRING], STRING)],
  ['stringSlice', stringSlice],
  ['date', taking([STRING, TIME], STRING)],
  ['tz', tz],
  ['since', taking([TIME], DURATION)],
  ['humanizeDuration', withNumber(taking([ANY], STRING))],
  ['toJson', taking([ANY], STRING)],
  ['now', taking([], TIME)],
  ['base64encode', taking([STRING], STRING)],
  ['base64decode', taking([STRING], STRING)],
  ['toDate', taking([STRING, STRING], TIME)],
  ['mustToDate', taking([STRING, STRING], TIME)],
  ['addDuration', taking([STRING, TIME], INT)],
  ['routeLabels', taking([STRING], STRING)],
]);
