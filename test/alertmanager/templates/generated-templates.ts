import * as fc from 'fast-check';

/** Functions that every Alertmanager has; a generated template calls no others, so that only its syntax decides. */
export const KNOWN_FUNCTIONS = [
  'and', 'call', 'html', 'index', 'slice', 'js', 'len', 'not', 'or', 'print', 'printf', 'println', 'urlquery', 'eq', 'ge', 'gt', 'le', 'lt', 'ne',
  'toUpper', 'toLower', 'title', 'join', 'match', 'safeHtml', 'reReplaceAll', 'stringSlice',
];

const constant = fc.constantFrom(
  'true', 'nil', '.', '"x"', '"a\\tb"', '"\\x41\\u00e9"', '`raw "`', "'x'", "'\\''", '0', '-3', '1.5', '1e3', '0x1F', '0b11', '1_000', '.5', '1+2i', '3i',
);
const oddConstant = fc.constantFrom(
  '"', '"\\q"', '"\\ud800"', "''", "'ab'", "'\\\"'", '08', '0x', '1__0', '1e400', '18446744073709551616', '0x1p-2', '0x_1', '1+2', '1i+2i', '"\\400"', '+', '1x',
  "'\\u12'", '0b2', '99999999999999999999.5', '0o17', '0O8', '017', '1_', '`', '0x1.8p1', '0X.P1', '-0x8000000000000000', '-9223372036854775809', "'é'", '1e', '1e+i',
);
const field = fc.constantFrom('.Labels', '.CommonLabels.severity', '.Alerts.Firing', '.é', '.StartsAt.Unix');
const variable = fc.constantFrom('$', '$', '$.Status', '$.Status', '$x', '$x.Name', '$y');
const sometimesOdd = fc.oneof({ weight: 30, arbitrary: constant }, { weight: 1, arbitrary: oddConstant });

const { pipeline } = fc.letrec<{ operand: string; command: string; pipeline: string }>((tie) => ({
  operand: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    sometimesOdd, field, variable,
    fc.tuple(tie('pipeline'), fc.constantFrom('', '', '.Name', '.a.b')).map(([inner, tail]) => `(${inner})${tail}`),
  ),
  command: fc.oneof(
    { depthSize: 'small' },
    tie('operand'),
    fc.tuple(fc.constantFrom(...KNOWN_FUNCTIONS), fc.array(tie('operand'), { maxLength: 3 })).map(([name, operands]) => [name, ...operands].join(' ')),
    fc.tuple(field, fc.array(tie('operand'), { maxLength: 2 })).map(([name, operands]) => [name, ...operands].join(' ')),
  ),
  pipeline: fc.tuple(
    tie('command'),
    fc.array(fc.oneof(
      { weight: 20, arbitrary: fc.constantFrom('toUpper', 'len', 'printf "%q"', '.Get', 'join "," | html', '$.x', '(.x)', '("x")') },
      { weight: 1, arbitrary: fc.constantFrom('"no"', '1', 'nil', '.', '') },
    ), { maxLength: 2 }),
    fc.constantFrom(' | ', '|', ' |\n'),
  ).map(([first, rest, pipe]) => [first, ...rest].join(pipe)),
}));

const declared = fc.oneof(
  { weight: 5, arbitrary: pipeline },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom('$x', '$y', '$'), fc.constantFrom(' := ', ':=', ' = ', ' := ', ':=', ' = ', ' =', '='), pipeline).map((parts) => parts.join('')) },
);
const rangeClause = fc.oneof(
  declared,
  fc.tuple(fc.constantFrom('$i, $e := ', '$i,$y:=', '$i , $x = ', '$i, $x, $y := ', '$i, ', '$x, $y '), pipeline).map((parts) => parts.join('')),
);

/** An action with what it says, inside braces with or without trim markers. */
function action(content: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(fc.constantFrom('{{', '{{', '{{ ', '{{- '), content, fc.constantFrom('}}', '}}', ' }}', ' -}}')).map((parts) => parts.join(''));
}

const text = fc.constantFrom('text', ' ', '\n', '{', '}}', ' - ', 'é😀', '"', '$labels', '. | ');
const name = fc.constantFrom('"a"', '"b"', '`a`', '"__subject"', '"t.tmpl"', '""');

const { template } = fc.letrec<{ node: string; template: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    text,
    action(declared),
    action(declared),
    fc.constantFrom('{{/* note */}}', '{{- /* note */ -}}', '{{/**/}}', '{{ break }}', '{{continue}}', '{{else}}', '{{end}}'),
    action(fc.tuple(name, fc.oneof(fc.constant(''), pipeline)).map(([called, argument]) => `template ${called} ${argument}`.trim())),
    fc.tuple(
      fc.constantFrom('if', 'with'), declared, tie('template'), fc.constantFrom('', '{{else}}', '{{ else if .x }}', '{{else if $x := .}}', '{{else with .y}}'), tie('template'),
    ).map(([keyword, clause, body, otherwise, rest]) => `{{ ${keyword} ${clause} }}${body}${otherwise}${rest}{{end}}`),
    fc.tuple(rangeClause, tie('template'), fc.constantFrom('', '{{break}}', '{{ if . }}{{- continue -}}{{end}}', '{{else}}'), tie('template'))
      .map(([clause, body, middle, rest]) => `{{range ${clause}}}${body}${middle}${rest}{{end}}`),
    fc.tuple(fc.constantFrom('define', 'block'), name, pipeline, tie('template'))
      .map(([keyword, defined, argument, body]) => `{{${keyword} ${defined}${keyword === 'block' ? ` ${argument}` : ''}}}${body}{{end}}`),
  ),
  template: fc.array(tie('node'), { maxLength: 3, depthIdentifier: 'nodes' }).map((nodes) => nodes.join('')),
}));

/** Pieces that are dropped into a template to break it. */
const PIECES = [
  '{{', '}}', '{{-', '-}}', ' -}}', '{{- ', '/*', '*/', '(', ')', '|', ',', '.', '..', '$', '$x', ':=', '=', ':', '"', '`', "'", '\\', ' ', '\n', '\r\n', '-', '+', '1',
  'i', '_', 'é', '\u00a0', '\u0000', '😀', '%', '/', '[', 'end', 'else', 'if', 'range', 'define', 'nil', 'template', 'break', '{{end}}', '{{else}}', '$x := ', 'len',
];

interface Mutation {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(400),
  remove: fc.constantFrom(0, 0, 1, 2, 5),
  insert: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...PIECES) }, { weight: 1, arbitrary: fc.constant('') }),
});

function mutate(original: string, { at, remove, insert }: Mutation): string {
  const characters = Array.from(original);
  characters.splice(at % (characters.length + 1), remove, insert);
  return characters.join('');
}

/** Templates of which about half are right; a wrong one is mostly wrong in one place only. */
export const generatedTemplate: fc.Arbitrary<string> = fc
  .tuple(fc.tuple(fc.constantFrom('', '{{ $x := 1 }}{{ $y := . }}'), template).map((parts) => parts.join('')), fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 3, arbitrary: fc.array(mutation, { minLength: 1, maxLength: 2 }) }))
  .map(([original, mutations]) => mutations.reduce(mutate, original));

/** A pipeline alone; it may be wrong in the same ways. */
export const generatedPipeline: fc.Arbitrary<string> = pipeline;

const numberPiece = fc.constantFrom(
  '0', '1', '7', '8', '9', '_', '.', 'e', 'E', 'p', 'P', 'x', '0x', '0b', '0o', 'a', 'f', '+', '-', 'i', '308', '1023', '9223372036854775807', '18446744073709551615',
);
const escapePiece = fc.constantFrom(
  '\\', 'n', 'x', 'u', 'U', '0', '1', '4', '7', 'f', 'd8', '00', '0041', '"', "'", 'é', '😀', '0010ffff', '00110000', '101', '400', '\t',
);

/** An action that is one number, string or character, or nearly so. */
export const generatedConstant: fc.Arbitrary<string> = fc.oneof(
  fc.array(numberPiece, { minLength: 1, maxLength: 6 }).map((pieces) => `{{-1 ${pieces.join('')}}}`),
  fc.tuple(fc.constantFrom('0', '1', '1.', '-5', '0x1'), fc.array(numberPiece, { maxLength: 3 }), fc.constantFrom('', '', 'i', '-1i')).map(([start, pieces, end]) => `{{${start}${pieces.join('')}${end}}}`),
  fc.tuple(fc.constantFrom('"', "'"), fc.array(escapePiece, { maxLength: 4 })).map(([quote, pieces]) => `{{${quote}${pieces.join('')}${quote}}}`),
);
