import { printQuoted } from '../../go/quote';
import { compareGoStrings } from '../../go/text';
import { isMetricName } from '../../prometheus/names';
import type { MatcherConfig, MatchType } from '../model';

/**
 * A matcher as Alertmanager prints it in a route key: names with characters that only the UTF-8 syntax (0.27 and later)
 * allows are quoted, and then the value is quoted in Go's way too.
 */
export function printMatcher(matcher: MatcherConfig): string {
  return /[\s\u0085{}!=~,\\"'`]/u.test(matcher.name)
    ? `${printQuoted(matcher.name)}${matcher.type}${printQuoted(matcher.value)}`
    : `${matcher.name}${matcher.type}"${escapeValue(matcher.value)}"`;
}

/**
 * A matcher for a `matchers:` list, written so that the classic and the UTF-8 parser of Alertmanager read the same: the
 * value always in quotes, one matcher per list item. Names that only the UTF-8 parser knows are quoted as well.
 */
export function writeMatcher(matcher: MatcherConfig): string {
  const name = isMetricName(matcher.name) ? matcher.name : `"${escapeValue(matcher.name)}"`;
  return `${name}${matcher.type}"${escapeValue(matcher.value)}"`;
}

/** OpenMetrics escapes; both parsers undo them, and both take every other character as it is. */
function escapeValue(value: string): string {
  return value.replace(/[\\\n"]/g, (character) => (character === '\n' ? '\\n' : `\\${character}`));
}

const TYPE_ORDER: readonly MatchType[] = ['=', '!=', '=~', '!~'];

/** Alertmanager's order: by name, then value (both by bytes), then type. */
export function compareMatchers(a: MatcherConfig, b: MatcherConfig): number {
  return compareGoStrings(a.name, b.name) || compareGoStrings(a.value, b.value) || TYPE_ORDER.indexOf(a.type) - TYPE_ORDER.indexOf(b.type);
}
