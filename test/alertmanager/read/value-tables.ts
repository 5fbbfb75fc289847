import * as fc from 'fast-check';

/** Texts of one kind, each a whole configuration that differs from a valid one in a single value. */
export interface ValueTable {
  readonly name: string;
  readonly cases: ReadonlyArray<{ readonly name: string; readonly text: string }>;
}

/** Random, but the same in every run: the numbers in docs/agreement.md are about these cases. */
const SEED = 20260801;

export function valueTables(): ValueTable[] {
  return [
    table('durations of routes', pieces(300, ['0', '1', '5', '10', '99999999999', 'y', 'w', 'd', 'h', 'm', 's', 'ms', '.', '-', '+', ' ', '292y', '293y', 'M'], 4)
      .concat(['5m', '1h30m', '1d12h', '500ms', '1y2w3d4h5m6s7ms', '30m1h', '1.5h', '90', '', '0', '00', '0s', '106751d', '106752d']), (value) => inRoute({ group_wait: value })),
    table('matchers', pieces(700, ['a', 'b1', '=', '=~', '!=', '!~', '"', '\\', '\\"', '\\n', ' ', ',', '{', '}', 'é', '1', '.*', '(', '\'', '`', '~', '!', '\t', 'a:b', '"x"', '\\x41', '\\u00e9', '[', ']'], 7)
      .concat(MATCHERS), (value) => inRoute({ matchers: [value] })),
    table('regular expressions', pieces(900, ['a', 'b', '.', '*', '+', '?', '{', '}', '{2}', '{2,3}', '{1000}', '{1001}', '{,3}', '{2,1}', '(', ')', '(?:', '(?i)', '(?P<n>', '(?<n>', '(?=', '(?!', '|', '[', ']', '[^',
      '-', '\\d', '\\w', '\\b', '\\z', '\\Z', '\\A', '\\Q', '\\E', '\\p{Greek}', '\\pL', '\\p{Foo}', '\\P{^L}', '\\x41', '\\x{10FFFF}', '\\x{110000}', '\\1', '\\12', '\\0', '\\8', '[:alpha:]', '[:foo:]', '^', '$',
      '\\', 'é', '😀', 'a-z', 'z-a', '\\-', '\\C', '(?s-i:', '(?-)', '(?i-m)', '\\_', '/'], 6).concat(REGEXES), (value) => inRoute({ match_re: { a: value } })),
    table('label names of match', pieces(100, ['a', '_', '1', ':', '-', '.', 'é', ' '], 3), (value) => inRoute({ match: { [value]: 'x' } })),
    table('label names of group_by', pieces(100, ['a', '_', '1', ':', '-', '.', 'é', ' ', '...'], 3).concat(''), (value) => inRoute({ group_by: [value] })),
    table('URLs', pieces(700, ['http', 'https', '://', ':', '/', '//', 'a', 'b.c', '@', 'u:p', '[', ']', '::1', '%41', '%zz', '%25', '%', '?', '#', ' ', '80', 'é', '|', '<', '"', '\u0001', 'ftp', '.'], 7)
      .flatMap((value) => [value, `https://${value}`]), (value) => inGlobal({ pagerduty_url: value })),
    table('proxy URLs', pieces(300, ['http', '://', ':', '/', '//', 'a', '@', 'u:p', '[', ']', '%41', '%zz', '?', '#', ' ', '80'], 6), (value) => inGlobal({ http_config: { proxy_url: value } })),
    table('host and port', pieces(200, ['host', ':', '25', '[', ']', '::1', '', ' '], 4), (value) => inGlobal({ smtp_smarthost: value })),
    table('time intervals', intervalCases(), (value) => value),
    table('YAML scalars', scalarCases(), (value) => value),
    table('YAML syntax', YAML_TEXTS, (value) => value),
    table('edited YAML', editedYaml(), (value) => value),
  ];
}

function table(name: string, values: readonly string[], toText: (value: string) => string): ValueTable {
  return { name, cases: [...new Set(values)].map((value) => ({ name: `${name}: ${JSON.stringify(value)}`, text: toText(value) })) };
}

/** Texts glued together from pieces, so that many of them are nearly right. */
function pieces(count: number, from: readonly string[], most: number): string[] {
  const text = fc.array(fc.constantFrom(...from), { minLength: 1, maxLength: most }).map((parts) => parts.join(''));
  return fc.sample(text, { seed: SEED, numRuns: count });
}

function inRoute(route: object): string {
  return json({ route: { receiver: 'r', routes: [route] }, receivers: [{ name: 'r' }] });
}

function inGlobal(global: object): string {
  return json({ global, route: { receiver: 'r' }, receivers: [{ name: 'r' }] });
}

/** JSON is YAML, as long as no character is one that YAML does not take. */
function json(value: unknown): string {
  return JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const MATCHERS = [
  'a="b"', 'a=b', ' a = "b" ', '{a="b"}', '{a="b",}', 'a="b",c=~"d|e"', 'a=', 'a', '=b', 'a="b', 'a=b"', 'a="b"c"', 'a=~"("', 'a=~(', 'a!~"[a-z]+"', 'a="\\"b\\""',
  'a="b,c"', 'a=b,c', '', '{}', '{', '}', 'a==b', 'a=>b', 'foo-bar="x"', '"foo-bar"="x"', '"a b"=~"c.*"', 'a="\\u00e9"', 'a=~"a{1001}"', 'a="b" c="d"', 'a=~"^(?!x).*$"',
];

const REGEXES = [
  'a|b', '(?i)abc', '^prod-.*$', '.+', '', '(a|b', 'a)', 'a)(b', '[a-z', '(?P<x>a)(?P<x>b)', '(?P<1a>b)', '(?P<>b)', '\\d{1,3}(\\.\\d{1,3}){3}', '(?!x)', '(?<=x)', '(?<!x)', '(a)\\1',
  '\\z', '\\Z', 'a{1000}', 'a{1001}', '(a{100}){11}', '(a{100}){10}', '(a*)*', 'a**', 'a*?', 'a*+', 'a{2}{3}', '{', 'a{', 'a{,5}', 'a{01}', '*a', '|*', '(*)', '[[:alpha:]]', '[[:alfa:]]',
  '\\p{L}', '\\p{Latin}', '\\p{Latn}', '\\p{Letter}', '\\pN', '\\p', '\\p{', '\\Qa*b\\E', '\\Qa', '\\', '[]a]', '[^]a]', '[]', '[a-\\d]', '[\\d-z]', '\\x{1F600}', '\\x{}', '\\x4', '\\07', '\\é',
  '(?#comment)', '(?x)a', '(?U)a', '(?is:a)', '(?i-s:a)', '(?i', '(?', '\\u0041', '\\cA', '\\e', '\\h', '(?>a)', '\\G', '\\K', '[a&&b]', '\\N', '\\R',
];

function intervalCases(): string[] {
  const values = pieces(120, ['0', '1', '5', '31', '32', '-', 'monday', 'Sunday', 'friday', 'january', 'DEC', 'december', ':', ' ', '2020', '+', 'may'], 4);
  const wrap = (interval: object): string => json({ route: { receiver: 'r' }, receivers: [{ name: 'r' }], time_intervals: [{ name: 'x', time_intervals: [interval] }] });
  const times = ['00:00', '9:00', '09:00', '23:59', '24:00', '24:01', '09:60', '', '0900', '09:00:00'];
  return [
    ...values.flatMap((value) => ['weekdays', 'days_of_month', 'months', 'years'].map((field) => wrap({ [field]: [value] }))),
    ...times.flatMap((start) => times.map((end) => wrap({ times: [{ start_time: start, end_time: end }] }))),
    ...ZONES.map((location) => wrap({ location })),
  ];
}

/** Written out, because the list that JavaScript knows differs between its versions. */
const ZONES = [
  'Africa/Cairo', 'Africa/Dar_es_Salaam', 'America/Argentina/Buenos_Aires', 'America/Chicago', 'America/Indiana/Indianapolis', 'America/Port-au-Prince', 'America/Port_of_Spain', 'America/Sao_Paulo',
  'Antarctica/DumontDUrville', 'Asia/Kolkata', 'Asia/Shanghai', 'Asia/Tokyo', 'Atlantic/Reykjavik', 'Australia/Sydney', 'Europe/Berlin', 'Europe/Isle_of_Man', 'Europe/London', 'Indian/Maldives', 'Pacific/Auckland',
  'UTC', 'utc', 'Local', 'local', '', 'US/Eastern', 'us/Eastern', 'Europe/berlin', 'EST', 'EST5EDT', 'GMT+1', 'Etc/GMT+5', '+01:00', 'GB', 'Foo/Bar', 'America/New_York ', '../x', 'Asia/Calcutta', 'CET', 'NZ-CHAT', 'GB-Eire',
  'asia/tokyo', 'ASIA/TOKYO', 'Europe', 'Europe/', '/Europe/Berlin', 'Europe/Berlin/x', 'CEST', 'EDT',
];

function scalarCases(): string[] {
  const values = pieces(250, ['0', '1', '7', '9', 'x', 'o', 'b', '_', '.', 'e', '-', '+', 'y', 'Y', 'yes', 'On', 'off', 'true', 'TRUE', 'null', '~', 'Null', '.inf', '.nan', 'a', 'F', ':', '2020-01-01',
    '!!int ', '!!str ', '!!bool ', '!!float ', '!!null ', ' ', '!x ', '"1"', '\'yes\'', '!!binary aGk='], 3);
  const receiver = (type: string, field: string, more: string) => (value: string): string =>
    `route:\n  receiver: r\nreceivers:\n- name: r\n  ${type}:\n  - ${more}\n    ${field}: ${value}\n`;
  return values.flatMap((value) => [
    receiver('webhook_configs', 'max_alerts', 'url: http://x')(value),
    receiver('webhook_configs', 'send_resolved', 'url: http://x')(value),
    `route:\n  receiver: r\nreceivers:\n- name: r\n- name: ${value}\n`,
  ]);
}

const GOOD = 'route: {receiver: r}\nreceivers: [{name: r}]\n';

const YAML_TEXTS = [
  GOOD, '', ' ', '\n', '# only a comment\n', '---\n', '...\n', 'null\n', '~', 'text', '[]', '{}', '- a\n', 'route\n', `\uFEFF${GOOD}`, GOOD.replace(/\n/g, '\r\n'), GOOD.replace(/\n/g, '\r'),
  `---\n${GOOD}`, `---\n${GOOD}---\n${GOOD}`, `${GOOD}---\n@@@\n`, `---\n---\n${GOOD}`, `${GOOD}...\n`, `%YAML 1.1\n---\n${GOOD}`, `%YAML 1.2\n---\n${GOOD}`, `%FOO bar\n---\n${GOOD}`,
  `${GOOD}route: {receiver: r}\n`, `${GOOD}receivers: []\n`, `${GOOD}templates: [a]\ntemplates: [b]\n`,
  'route:\n\treceiver: r\nreceivers:\n- name: r\n', 'route:\n  receiver:\tr\nreceivers:\n- name: r\n', 'route: {receiver: r\nreceivers: [{name: r}]\n', 'route: {receiver: "r}\nreceivers: [{name: r}]\n',
  'route: {receiver: r}}\nreceivers: [{name: r}]\n', 'route: {receiver: @r}\n', 'route: {receiver: `r}\n', 'route: {receiver: *r}\nreceivers: [{name: r}]\n', 'route: {receiver: &r x}\nreceivers: [{name: *r}]\n',
  'route: {receiver: r}\nreceivers: [&a {name: r}, *a]\n', 'route: &a {receiver: r, routes: [*a]}\nreceivers: [{name: r}]\n',
  'route: {receiver: r, group_by: [a,]}\nreceivers: [{name: r},]\n', '? route\n: receiver: r\n? receivers\n: - name: r\n', '? [a]\n: b\n', '{"route":{"receiver":"r"},"receivers":[{"name":"r"}]}',
  '{\n"route":{\n"receiver":"r"},"receivers":[\n{"name":"r"}]\n}', 'route:\n  receiver: r\nreceivers: [\n  {name: r}\n]\n', 'route: {receiver: "\\/"}\nreceivers: [{name: "\\/"}]\n',
  'route: {receiver: "\\ud83d\\ude00"}\nreceivers: [{name: "\\ud83d\\ude00"}]\n', 'route: {receiver: "\\U0001F600"}\nreceivers: [{name: 😀}]\n', 'route: {receiver: "\\q"}\nreceivers: [{name: "\\q"}]\n',
  'route: {receiver: a\u0000b}\n', 'route: {receiver: a\u001bb}\nreceivers: [{name: a\u001bb}]\n', 'route: {receiver: a\u007fb}\n', 'route: {receiver: "a\uFFFDb"}\nreceivers: [{name: "a\uFFFDb"}]\n', 'route: {receiver: "\u00A0"}\nreceivers: [{name: "\u00A0"}]\n',
  'route:\n  receiver: r # comment\n  # more\nreceivers: # x\n- name: r\n', 'route:\n  receiver: |\n    r\nreceivers:\n- name: "r\\n"\n', 'route:\n  receiver: >-\n    a\n    b\nreceivers:\n- name: a b\n',
  'route:\n  receiver: a\n    b\nreceivers:\n- name: a b\n', 'route:\n  receiver: r\n receivers:\n- name: r\n', 'route:\n  receiver: r\n   continue: false\n', 'a: b: c\n', 'route: !!map {receiver: !!str r}\nreceivers: !!seq [{name: r}]\n',
  'route: {receiver: !!binary cg==}\nreceivers: [{name: r}]\n', 'route: {receiver: !!binary "!"}\nreceivers: [{name: r}]\n', 'route: {receiver: !custom r}\nreceivers: [{name: r}]\n',
  'x: &x {receiver: r}\nroute: {<<: *x}\n', 'route: {<<: {receiver: r}}\nreceivers: [{<<: [{name: a}, {name: b}]}, {name: r}]\n', 'route: {<<: text, receiver: r}\nreceivers: [{name: r}]\n',
  'route: {<<: [text], receiver: r}\nreceivers: [{name: r}]\n', 'route: {"<<": {receiver: r}}\nreceivers: [{name: r}]\n', 'route: {receiver: r, routes: [{match: {<<: {a: b}, a: c}}]}\nreceivers: [{name: r}]\n',
  'route: {receiver: r, routes: [{<<: {match: {a: b}}, match: {a: c}}]}\nreceivers: [{name: r}]\n', 'route: {receiver: r, routes: [{<<: {match: {a: b}}, match: {c: d}}]}\nreceivers: [{name: r}]\n',
  'route: {receiver: r}\nreceivers: [{name: r, pagerduty_configs: [{<<: {routing_key: a, unknown: b}}]}]\n', 'route: {receiver: r}\nreceivers: [{name: r, pagerduty_configs: [{routing_key: a, <<: {routing_key_file: b}}]}]\n',
  'route: {receiver: r, receiver: r}\nreceivers: [{name: r}]\n', 'route: {receiver: r, match: {}}\nreceivers: [{name: r}]\n', 'route: {receiver: r, continue: true}\nreceivers: [{name: r}]\n',
  'route: {receiver: r, continue: off}\nreceivers: [{name: r}]\n', 'route: {receiver: r}\nreceivers: [{name: r}, {name: r}]\n', 'route: {receiver: s}\nreceivers: [{name: r}]\n', 'route: {}\nreceivers: [{name: r}]\n', 'route: {receiver: r}\n',
  'global:\nroute: {receiver: r}\nreceivers: [{name: r}]\n', 'global: {pagerduty_url: }\nroute: {receiver: r}\nreceivers: [{name: r, pagerduty_configs: [{routing_key: x}]}]\n', 'route: {receiver: r, mute_time_intervals: [x]}\nreceivers: [{name: r}]\n',
  'route: {receiver: r, routes: [{mute_time_intervals: [x]}]}\nreceivers: [{name: r}]\n', 'route: {receiver: r, routes: [{mute_time_intervals: [x]}]}\nreceivers: [{name: r}]\ntime_intervals: [{name: x}]\n',
  'route: {receiver: r}\nreceivers: [{name: r}]\ntime_intervals: [{name: x}]\nmute_time_intervals: [{name: x}]\n', 'alertmanager_config: |\n  route: {receiver: r}\n',
  'route:\n  receiver: |-\n   \tr\nreceivers: [{name: "\\tr"}]\n', 'route: {receiver: "a\nb"}\nreceivers: [{name: a b}]\n',
];

const EDIT_BASES = [
  'route:\n  receiver: r\n  routes:\n  - receiver: r # x\n    matchers:\n      - a="b"\nreceivers:\n- name: r\n  slack_configs: [{api_url: "http://x", mrkdwn_in: [a, \'b\', "c"]}]\n  pagerduty_configs:\n  - &pd\n    routing_key: k\n'
    + '    description: |\n      text\n        more\n    details: {a: b, "c": \'d\'}\n  - <<: *pd\n    client: >-\n      folded\n      text\n',
  'route:\n    receiver: a b\n    routes: []\nreceivers:\n    -   name: a b\n        webhook_configs:\n        -   url: http://x/\n            send_resolved: yes\n',
];

const EDITS = [' ', '  ', '\n', '\t', ':', ': ', '-', '- ', '#', ' #', '"', '\'', '|', '>', '&a ', '*a', '*pd', '!', '!!str ', '@', '`', '{', '}', '[', ']', ',', '? ', '---\n', '\\', '<<: *pd', '\r', '\r\n', 'é', '😀',
  '\u0000', '=', '~', 'null', '.', '0', 'y'];

/** Configurations with one or two small edits anywhere: a character removed, replaced or inserted. */
function editedYaml(): string[] {
  const edit = fc.tuple(fc.nat(), fc.nat(3), fc.constantFrom(...EDITS));
  const edited = fc.tuple(fc.constantFrom(...EDIT_BASES), fc.array(edit, { minLength: 1, maxLength: 2 })).map(([base, edits]) =>
    edits.reduce((text, [place, kind, insertion]) => {
      const at = place % (text.length + 1);
      return text.slice(0, at) + (kind === 0 ? '' : insertion) + text.slice(kind <= 1 ? at + 1 : at);
    }, base));
  return fc.sample(edited, { seed: SEED, numRuns: 1500 });
}
