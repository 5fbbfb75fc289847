import { GoType, STRING } from './types';
import type { TemplateFunction } from './universe';
import type { Value } from './values';
import { readRegexp } from '../../regexp/regexp';

/** The function, whose first argument is a regular expression. */
export function withRegexp(called: TemplateFunction): TemplateFunction {
  return {
    ...called,
    check: ([{ constant }]) => {
      const reading = typeof constant === 'string' ? readRegexp(constant) : undefined;
      return reading && 'problem' in reading ? {
        kind: 'constant',
        message: `the regular expression ${JSON.stringify(constant)} is not valid: ${reading.problem}`,
        fix: "correct it; regular expressions are Go's (RE2): no look-around, no back-references",
      } : undefined;
    },
  };
}

/** The function, whose first argument is a number, or a text that is one. */
export function withNumber(called: TemplateFunction): TemplateFunction {
  return { ...called, check: ([value]) => numberProblem(value) };
}

/** The function, whose argument is a duration in Prometheus' syntax. */
export function withDuration(called: TemplateFunction, isDuration: (text: string) => boolean): TemplateFunction {
  return {
    ...called,
    check: ([{ constant }]) => (typeof constant === 'string' && !isDuration(constant)
      ? { kind: 'constant', message: `${JSON.stringify(constant)} is not a duration`, fix: 'write a duration such as "5m" or "1h30m"' }
      : undefined),
  };
}

/** What keeps the case and the emptiness of a text keeps its path: `eq (toUpper .Status) "FIRING"` says what `.Status` is. */
export function keepingPath(called: TemplateFunction): TemplateFunction {
  return { ...called, evaluate: ([{ path }]) => (path === undefined ? {} : { path }) };
}

const CONVERTIBLE: ReadonlySet<GoType['kind']> = new Set<GoType['kind']>(['any', 'string', 'int', 'float']);

function numberProblem({ type, constant }: Value): ReturnType<NonNullable<TemplateFunction['check']>> {
  if (!CONVERTIBLE.has(type.kind)) {
    return { kind: 'type', message: `a number is needed, and this is ${type.title}`, fix: 'give a number, a duration, or a string that is a number' };
  }
  if (type !== STRING) {
    return type.kind === 'string' ? { kind: 'type', message: `a number is needed, and this is ${type.title}`, fix: 'give a number' } : undefined;
  }
  if (typeof constant === 'string') {
    return isFloat(constant) ? undefined
      : { kind: 'constant', message: `${JSON.stringify(constant)} is not a number`, fix: 'give a number, or a string that is a number' };
  }
  return {
    kind: 'data',
    message: 'executing the template fails where this text is empty or not a number',
    fix: 'check it before, as in {{ if match "^[0-9.]+$" … }}',
  };
}

function isFloat(text: string): boolean {
  return /^[-+]?(?:\d+(?:_\d+)*\.?(?:\d+)?|\.\d+)(?:[eE][-+]?\d+)?$|^[-+]?(?:inf|infinity|nan)$|^[-+]?0x[\da-f]+(?:\.[\da-f]*)?p[-+]?\d+$/i.test(text);
}
