import { Random } from './random';

/** Expressions of every kind that rules have. */
export const EXPRESSIONS: readonly string[] = [
  'up == 0',
  'sum by (job) (rate(http_requests_total{code=~"5.."}[5m])) / sum by (job) (rate(http_requests_total[5m])) > 0.05',
  'histogram_quantile(0.99, sum by (le, job) (rate(request_duration_seconds_bucket{job!="a"}[5m])))',
  'absent(up{job="node",instance!~"a|b"})',
  'max_over_time(deriv(rate(x[1m])[5m:1m])[10m:])',
  'a and on (x) b unless ignoring (y) c or d',
  'a * on (instance) group_left (name, os) b',
  'a + on (x, y) group_right () b',
  'foo offset 5m + bar offset -1h30m',
  'foo[5m] offset 1w @ 1609746000',
  'rate(foo[5m] @ start()) - foo @ end()',
  '-foo ^ 2 ^ -1',
  'count_values("version", build_info)',
  'topk(5, sum without (instance) (x)) > bool 3',
  'quantile(0.9, foo) by (bar)',
  'label_replace(up, "dst", "$1", "src", "(.*):\\\\d+")',
  "label_join(up, 'dst', ',', 'a', `b`)",
  '(time() - timestamp(up)) / 3600 >= 24',
  'clamp(vector(1), 0, 10) + scalar(foo)',
  'predict_linear(node_filesystem_free_bytes{mountpoint="/"}[4h], 4 * 3600) < 0',
  '1 + 2 * 3 % 4 - 0x1F',
  '1e3 > bool 1.5e-2',
  'Inf == bool NaN',
  '{__name__=~"job:.+", job="a"}',
  '{job=~".+"}',
  'foo{bar="\\"x\\n\\u00e9", baz=\'\'} # comment',
  'sum(foo) by (on, by, offset, bool)',
  'offset offset 5m',
  'hour() > 8 and day_of_week() < 6',
  'round(foo, 0.5)',
  'foo atan2 bar',
  'job:foo:sum == bool on (x) bar',
  'holt_winters(foo[5m], 0.5, 0.5)',
  'histogram_avg(foo)',
  'mad_over_time(foo[5m])',
  '(a + b)[30m:1m]',
  '{"foo.bar", job="x"}',
  'foo > 5m',
  'foo[300]',
  'SUM(foo) BY (bar)',
  'minute(vector(time()))',
  'group(a) unless on() vector(1) > 2',
  'a{b="c"} > 0 and a offset 1d > 0 or b > 1',
  'pi() * 2',
  'foo{a=~"[a-z]+(b|c)?$", b!~"^x{2,3}\\\\."}',
];

/** What mutations put in: tokens, good and bad, and parts of expressions. */
const PIECES: readonly string[] = [
  '(', ')', '[', ']', '{', '}', ',', '+', '-', '*', '/', '%', '^', '==', '!=', '=', '=~', '!~', '>', '<', '>=', '<=', '@', ':', '!', '$', '~', ';', '\\',
  '5m', '1h30m', '30m1h', '0s', '1', '0', '.5', '1.', '08', '017', '0x', '0x1g', '1e', '1e400', '1.5.2', '0xffffffffffffffffff', '999999y', '5m5', '1d1w',
  'Inf', 'nan', 'foo', 'a:b', 'on', 'ignoring', 'group_left', 'group_right', 'by', 'without', 'bool', 'offset', 'and', 'or', 'unless', 'atan2',
  'sum', 'topk', 'count_values', 'rate', 'Rate', 'abs', 'time', 'start', 'end', 'start()', 'step()', 'limitk', 'fill', 'range',
  '"x"', "'y'", '`z`', '"\\q"', '"\\x41"', '"unclosed', '""', '#c\n', ' ', '\n', '\u00a0', 'é',
  '__name__="x"', 'a="b"', 'a=~"("', 'a=~"(?=b)"', 'a=~"b**"', 'a=~"[z-a]"', 'a=~"b{1001}"', 'a=~"\\\\d"', 'a=~"\\\\1"', 'a!~".*"', 'a=""', 'a=~"x*"', 'a=~"(?i)b|"',
  '[5m]', '[5m:]', '[5m:1m]', '[:1m]', 'offset 5m', '@ 1', '@ Inf', 'scalar(foo)', 'vector(1)', 'foo[5m]', '{}', '()', '(foo)', 'sum(foo)', '1 == 1', '-1', '- -1',
];

const TOKEN = /[a-zA-Z_:][\w:]*|\d[\w.]*|"(?:\\.|[^"])*"|'[^']*'|`[^`]*`|\s+|[=!<>]=?~?|[^]/g;

/** Expressions with one or two of their tokens removed, added, replaced, or exchanged with those of another. */
export function mutateExpressions(count: number, seed: number): string[] {
  const random = new Random(seed);
  const mutants = new Set<string>();
  while (mutants.size < count) {
    const tokens = tokensOf(random.pick(EXPRESSIONS));
    mutate(tokens, random);
    if (random.below(2) === 0) {
      mutate(tokens, random);
    }
    const mutant = tokens.join('');
    if (mutant.trim() !== '') {
      mutants.add(mutant);
    }
  }
  return [...mutants];
}

function mutate(tokens: string[], random: Random): void {
  const at = random.below(tokens.length + 1);
  switch (random.below(5)) {
    case 0: tokens.splice(at, 1); break;
    case 1: tokens.splice(at, 0, random.pick(PIECES)); break;
    case 2: tokens.splice(at, 1, random.pick(PIECES)); break;
    case 3: tokens.splice(at, 1, ` ${random.pick(PIECES)} `); break;
    default: {
      const other = tokensOf(random.pick(EXPRESSIONS));
      const from = random.below(other.length);
      tokens.splice(at, random.below(3), ...other.slice(from, from + 1 + random.below(6)));
    }
  }
}

function tokensOf(text: string): string[] {
  return [...(text.match(TOKEN) ?? [])];
}
