import { readClassicMatchers } from './classic';
import type { MatchersResult } from './matchers-result';
import { readUtf8Matchers } from './utf8';
import type { Diagnostic } from '../../findings/diagnostic';
import { readAnchoredRegexp } from '../../go/regexp/regexp';
import type { MatchType } from '../model';

/**
 * Reads one entry of `matchers`, in the way of Alertmanager since 0.27 ("fallback mode"): with the UTF-8 syntax and with the
 * classic one. Where both understand it differently, or only the classic one does, the classic one counts.
 */
export function readMatchers(entry: string): MatchersResult {
  const known = cache.get(entry);
  if (known !== undefined) {
    return known;
  }
  const result = readBoth(entry);
  // A configuration repeats its matchers; the cache must not outgrow it.
  if (cache.size > 5000) {
    cache.clear();
  }
  cache.set(entry, result);
  return result;
}

const cache = new Map<string, MatchersResult>();

function readBoth(entry: string): MatchersResult {
  const classic = compile(readClassicMatchers(entry));
  const utf8 = compile(readUtf8Matchers(entry));
  return 'error' in classic && 'matchers' in utf8 ? utf8 : classic;
}

function compile(result: MatchersResult): MatchersResult {
  if ('error' in result) {
    return result;
  }
  for (const matcher of result.matchers) {
    const error = isRegexp(matcher.type) ? regexpProblem(matcher.value) : undefined;
    if (error !== undefined) {
      return { error: `the regular expression ${JSON.stringify(matcher.value)} is not valid: ${error}` };
    }
  }
  return result;
}

export function isRegexp(type: MatchType): boolean {
  return type === '=~' || type === '!~';
}

export function checkMatchers(entry: string): Diagnostic | undefined {
  const result = readMatchers(entry);
  return 'matchers' in result ? undefined : {
    code: 'config-invalid-matcher',
    message: `the matcher ${JSON.stringify(entry.slice(0, 100))} is not valid: ${result.error}`,
    fix: 'write name="value", or name!="value", name=~"regexp", name!~"regexp", with the value in double quotes; regular expressions are Go\'s (RE2)',
  };
}

/** A value of `match_re` and its relatives. */
export function checkRegexp(expression: string): Diagnostic | undefined {
  const error = regexpProblem(expression);
  return error === undefined ? undefined : {
    code: 'config-invalid-regex',
    message: `the regular expression ${JSON.stringify(expression.slice(0, 100))} is not valid: ${error}`,
    fix: 'regular expressions are Go\'s (RE2): no look-around, no back-references',
  };
}

function regexpProblem(expression: string): string | undefined {
  const reading = readAnchoredRegexp(expression);
  return 'problem' in reading ? reading.problem : undefined;
}
