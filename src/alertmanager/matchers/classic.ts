import { trimGoSpace } from '../../go/text';
import type { MatcherConfig, MatchType } from '../model';
import type { MatchersResult } from './matchers-result';

const NAME_AND_OPERATOR = /^[\t\n\f\r ]*([a-zA-Z_:][a-zA-Z0-9_:]*)[\t\n\f\r ]*(=~|=|!=|!~)[\t\n\f\r ]*/;

/** The syntax of all versions: `name="value"`, quotes optional, several separated by commas, braces around optional. */
export function readClassicMatchers(entry: string): MatchersResult {
  const matchers: MatcherConfig[] = [];
  for (const part of splitAtCommas(entry.replace(/^\{/, '').replace(/\}$/, ''))) {
    const matcher = readMatcher(part);
    if (typeof matcher === 'string') {
      return { error: matcher };
    }
    matchers.push(matcher);
  }
  return { matchers };
}

/** Commas inside of double quotes do not separate, and one at the end is allowed. */
function splitAtCommas(text: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  let escaped = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === ',' && !quoted) {
      parts.push(text.slice(start, at));
      start = at + 1;
    } else if (char === '"') {
      quoted = escaped ? quoted : !quoted;
      escaped = false;
    } else if (char !== ',') {
      escaped = char === '\\' && !escaped;
    }
  }
  const last = trimGoSpace(text.slice(start));
  return last === '' ? parts : [...parts, last];
}

function readMatcher(part: string): MatcherConfig | string {
  const head = NAME_AND_OPERATOR.exec(part);
  if (!head) {
    return `${JSON.stringify(part.slice(0, 60))} does not begin with a label name and one of =, !=, =~, !~`;
  }
  const value = readValue(part.slice(head[0].length).replace(/[\t\n\f\r ]+$/, ''));
  return value === undefined
    ? `${JSON.stringify(part.slice(0, 60))} has a double quote that is neither escaped nor at the ends of the value`
    : { name: head[1], type: head[2] as MatchType, value };
}

/** Backslashes escape `"`, `\` and `n` (a line feed); before anything else they are themselves. */
function readValue(raw: string): string | undefined {
  const opened = raw.startsWith('"');
  let closed = !opened;
  let value = '';
  const body = opened ? raw.slice(1) : raw;
  for (let at = 0; at < body.length; at++) {
    const char = body[at];
    const last = at === body.length - 1;
    if (char === '"') {
      if (!opened || !last) {
        return undefined;
      }
      closed = true;
    } else if (char === '\\' && !last) {
      at++;
      value += body[at] === 'n' ? '\n' : '"\\'.includes(body[at]) ? body[at] : `\\${body[at]}`;
    } else {
      value += char;
    }
  }
  return closed ? value : undefined;
}
