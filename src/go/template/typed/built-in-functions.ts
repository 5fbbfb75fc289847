import { Fact, Facts, factsOfLength, MIRRORED } from './facts';
import { ANY, BOOL, GoType, INT, joinTypes, STRING } from './types';
import type { TypeProblem, Universe } from './universe';
import { countArguments, UNKNOWN, Value } from './values';
import type { Operand } from '../tree';

/** What a function, method, or field is given: operands that are not evaluated yet, and the value of the command before it. */
export interface Call {
  readonly operand: Operand;
  readonly args: readonly Operand[];
  readonly final?: Value;
}

/** What a function can ask of the evaluator that it is called by. */
interface Evaluation {
  readonly facts: Facts;
  readonly universe: Universe;
  argument(operand: Operand, type: GoType, name: string): Value;
  report(operand: Operand, kind: TypeProblem['kind'], message: string, fix: string): Value;
  truth(value: Value): boolean | undefined;
  assuming<T>(facts: readonly Fact[] | undefined, run: () => T): T;
}

/** One of Go's own functions, which take arguments of several types. */
export type BuiltInFunction = (evaluator: Evaluation, call: Call) => Value;

interface Argument {
  readonly value: Value;
  readonly operand: Operand;
}

const printing: BuiltInFunction = (evaluator, call) => {
  evaluateAll(evaluator, call);
  return { type: STRING };
};

/** @see https://pkg.go.dev/text/template#hdr-Functions */
export const BUILT_IN_FUNCTIONS: ReadonlyMap<string, BuiltInFunction> = new Map<string, BuiltInFunction>([
  ...['print', 'println', 'html', 'js', 'urlquery'].map((name): [string, BuiltInFunction] => [name, printing]),
  ['printf', printf],
  ['and', (evaluator, call) => inOrder(evaluator, call, 'whenTrue', 'whenFalse')],
  ['or', (evaluator, call) => inOrder(evaluator, call, 'whenFalse', 'whenTrue')],
  ['not', not],
  ['len', length],
  ['index', index],
  ['slice', slice],
  ['call', (evaluator, call) => {
    evaluateAll(evaluator, call);
    return evaluator.report(call.operand, 'type', 'call needs a function, and no value of a notification is one', 'call the function by its name');
  }],
  ...['eq', 'ne'].map((name): [string, BuiltInFunction] => [name, (evaluator, call) => compare(evaluator, call, name)]),
  ...['lt', 'le', 'gt', 'ge'].map((name): [string, BuiltInFunction] => [name, (evaluator, call) => compare(evaluator, call, name)]),
]);

function evaluateAll(evaluator: Evaluation, { operand, args, final }: Call): Argument[] {
  const values = args.map((argument) => ({ value: evaluator.argument(argument, ANY, operand.text), operand: argument }));
  return final ? [...values, { value: final, operand }] : values;
}

/** The arguments, if there are enough and not too many. */
function counted(evaluator: Evaluation, call: Call, least: number, most: number): Argument[] | undefined {
  const given = evaluateAll(evaluator, call);
  return hasCount(evaluator, call, given.length, least, most) ? given : undefined;
}

function hasCount(evaluator: Evaluation, { operand }: Call, given: number, least: number, most: number): boolean {
  if (given < least || given > most) {
    const count = least === most ? countArguments(least) : `at least ${countArguments(least)}`;
    evaluator.report(operand, 'arguments', `${operand.text} takes ${count}, not ${given}`, 'see https://pkg.go.dev/text/template#hdr-Functions');
    return false;
  }
  return true;
}

function printf(evaluator: Evaluation, call: Call): Value {
  const given = counted(evaluator, call, 1, Infinity);
  if (given && given[0].value.type.kind !== 'any' && given[0].value.type !== STRING) {
    evaluator.report(given[0].operand, 'type', `printf needs a format first, and this is ${given[0].value.type.title}`, 'begin with a format such as "%s"');
  }
  return { type: STRING };
}

/** `and` and `or`: an argument is evaluated only where the ones before it came out so. */
function inOrder(evaluator: Evaluation, call: Call, going: 'whenTrue' | 'whenFalse', stopping: 'whenTrue' | 'whenFalse'): Value {
  const { operand, args, final } = call;
  if (!hasCount(evaluator, call, args.length + (final ? 1 : 0), 1, Infinity)) {
    return UNKNOWN;
  }
  const collected: Fact[] = [];
  const values = args.map((argument) => {
    const value = evaluator.assuming(collected, () => evaluator.argument(argument, ANY, operand.text));
    collected.push(...conditionFacts(value)[going]);
    return value;
  });
  const all = final ? [...values, final] : values;
  const type = possibleResults(evaluator, all, going).map((value) => value.type).reduce((one, other) => joinTypes(one, other));
  // Where `and` counts as true, it is its last argument.
  const last = going === 'whenTrue' && all.length > 1 ? { truthy: all[all.length - 1].type } : {};
  const only = all.length === 1 ? conditionFacts(all[0])[stopping] : [];
  return { type, ...last, [going]: [...collected, ...(final ? conditionFacts(final)[going] : [])], [stopping]: only };
}

/** Of `and` the first that counts as false, of `or` the first that counts as true; the last if there is none. */
function possibleResults(evaluator: Evaluation, values: readonly Value[], going: 'whenTrue' | 'whenFalse'): readonly Value[] {
  const stopsFor = going === 'whenFalse';
  const possible = values.filter((value, position) => position === values.length - 1 || evaluator.truth(value) !== !stopsFor);
  const certain = possible.findIndex((value) => evaluator.truth(value) === stopsFor);
  return certain < 0 ? possible : possible.slice(0, certain + 1);
}

function not(evaluator: Evaluation, call: Call): Value {
  const given = counted(evaluator, call, 1, 1);
  const { whenTrue, whenFalse } = conditionFacts(given?.[0].value ?? UNKNOWN);
  return { type: BOOL, whenTrue: whenFalse, whenFalse: whenTrue };
}

/** What is known for each outcome of a condition. */
interface Outcomes {
  readonly whenTrue: Fact[];
  readonly whenFalse: Fact[];
}

/** What is known where the value counts as true, and where not. */
export function conditionFacts({ type, path, lengthOf, whenTrue = [], whenFalse = [] }: Value): Outcomes {
  const list = lengthOf ?? (type.kind === 'list' || type.kind === 'map' ? path : undefined);
  return {
    whenTrue: [...whenTrue, ...(list === undefined ? [] : [{ path: list, min: 1 }])],
    whenFalse: [...whenFalse, ...(list === undefined ? [] : [{ path: list, isEmpty: true }])],
  };
}

const MEASURABLE: ReadonlySet<GoType['kind']> = new Set<GoType['kind']>(['any', 'string', 'list', 'map']);

function length(evaluator: Evaluation, call: Call): Value {
  const given = counted(evaluator, call, 1, 1);
  if (given && !MEASURABLE.has(given[0].value.type.kind)) {
    const { type } = given[0].value;
    evaluator.report(given[0].operand, 'type', `len needs a list, a map, or a string, and this is ${type.title}`, 'give a list, such as .Alerts.Firing');
  }
  const path = given?.[0].value.path;
  return { type: INT, ...(path === undefined ? {} : { lengthOf: path }) };
}

function index(evaluator: Evaluation, call: Call): Value {
  const given = counted(evaluator, call, 1, Infinity);
  if (!given) {
    return UNKNOWN;
  }
  const [item, ...indexes] = given;
  return indexes.reduce((value, position) => indexOnce(evaluator, value, position), item.value);
}

function indexOnce(evaluator: Evaluation, item: Value, { value: position, operand }: Argument): Value {
  const { type, path } = item;
  if (type.kind === 'any') {
    return UNKNOWN;
  }
  if (type.kind === 'map') {
    if (position.type.kind !== 'any' && position.type !== STRING) {
      return evaluator.report(operand, 'type', `${type.title} is indexed by a string, and this is ${position.type.title}`, 'give the name in double quotes');
    }
    return { type: type.element?.() ?? ANY, ...(path !== undefined && typeof position.constant === 'string' ? { path: `${path}.${position.constant}` } : {}) };
  }
  if (type.kind !== 'list' && type.kind !== 'string') {
    return evaluator.report(operand, 'type', `index needs a list or a map, and this is ${type.title}`, 'take a field by its name, such as .Labels');
  }
  if (position.type.kind !== 'any' && position.type.kind !== 'int') {
    return evaluator.report(operand, 'type', `${type.title} is indexed by a whole number, and this is ${position.type.title}`, 'give a number from 0');
  }
  if (typeof position.constant === 'number') {
    checkIndex(evaluator, item, position.constant, operand);
  }
  const element = type.kind === 'list' ? type.element?.() ?? ANY : INT;
  return { type: element, ...(path !== undefined && position.constant !== undefined ? { path: `${path}[${position.constant}]` } : {}) };
}

function checkIndex(evaluator: Evaluation, { path, minLength = 0, constant }: Value, position: number, operand: Operand): void {
  if (position < 0 || (typeof constant === 'string' && position >= Buffer.byteLength(constant))) {
    evaluator.report(operand, 'constant', `index ${position} is out of range`, 'give a number from 0 that is smaller than the length');
  } else if (position >= Math.max(minLength, evaluator.facts.minLength(path)) && constant === undefined) {
    const list = path?.replace(/^\$/, '') ?? 'the list';
    evaluator.report(operand, 'data', `${list} can have ${position === 0 ? 'no entries' : `fewer than ${position + 1} entries`}`,
      /Firing/.test(list)
        ? `executing the template fails where no alert fires, so the resolve is lost: write {{ if .Alerts.Firing }}…{{ end }} around it, or use (index .Alerts ${position})`
        : `write {{ if gt (len ${list}) ${position} }}…{{ end }} around it, or {{ range }}`);
  }
}

function slice(evaluator: Evaluation, call: Call): Value {
  const given = counted(evaluator, call, 1, 4);
  if (!given) {
    return UNKNOWN;
  }
  const [item, ...indexes] = given;
  const { type, constant } = item.value;
  if (type.kind !== 'any' && type.kind !== 'string' && type.kind !== 'list') {
    return evaluator.report(item.operand, 'type', `slice needs a string or a list, and this is ${type.title}`, 'give a string or a list');
  }
  const wrong = indexes.find(({ value }) => value.type.kind !== 'any' && value.type.kind !== 'int');
  if (wrong) {
    return evaluator.report(wrong.operand, 'type', `slice needs whole numbers, and this is ${wrong.value.type.title}`, 'give numbers from 0');
  }
  if (type.kind === 'string' && indexes.length > 2) {
    return evaluator.report(call.operand, 'arguments', 'slice takes at most 2 positions for a string', 'remove the third');
  }
  checkBounds(evaluator, call.operand, typeof constant === 'string' ? Buffer.byteLength(constant) : undefined, indexes.map(({ value }) => value.constant));
  return { type };
}

function checkBounds(evaluator: Evaluation, operand: Operand, size: number | undefined, bounds: ReadonlyArray<Value['constant']>): void {
  const numbers = bounds.filter((bound): bound is number => typeof bound === 'number');
  const highest = Math.max(0, ...numbers);
  const isBackwards = numbers.some((bound, position) => position > 0 && bound < numbers[position - 1]);
  if (numbers.some((bound) => bound < 0) || isBackwards || (size !== undefined && highest > size)) {
    evaluator.report(operand, 'constant', `slice ${numbers.join(' ')} is out of range`, 'give numbers from 0 that are not greater than the length');
  } else if (size === undefined && highest > 0) {
    evaluator.report(operand, 'data', `executing the template fails where there are fewer than ${highest} bytes or entries`,
      `write printf "%.${highest}s", which takes shorter strings as well, or check the length by len`);
  }
}

/** The kind by which Go compares; undefined where it does not compare at all. */
function basicKind({ kind }: GoType): string | undefined {
  return kind === 'string' || kind === 'int' || kind === 'float' || kind === 'bool' ? kind : undefined;
}

function compare(evaluator: Evaluation, call: Call, operator: string): Value {
  const isEquality = operator === 'eq' || operator === 'ne';
  const given = counted(evaluator, call, 2, operator === 'eq' ? Infinity : 2);
  if (!given) {
    return { type: BOOL };
  }
  const [first, ...others] = given;
  for (const other of others) {
    checkComparison(evaluator, operator, isEquality, first, other);
  }
  return { type: BOOL, ...(others.length === 1 ? comparisonFacts(evaluator, operator, first.value, others[0].value) : {}) };
}

function checkComparison(evaluator: Evaluation, operator: string, isEquality: boolean, first: Argument, other: Argument): void {
  const types = [first.value.type, other.value.type];
  const nil = [first, other].find(({ value }) => value.type.kind === 'nil');
  if (nil && !isEquality) {
    evaluator.report(nil.operand, 'type', `${operator} cannot compare ${nil.value.type.title}`, 'compare strings or numbers');
  }
  if (nil || types.some(({ kind }) => kind === 'any')) {
    return;
  }
  const [one, two] = types.map(basicKind);
  // Without a basic kind, Go compares values of one kind only: a map and a structure are an error.
  if (one !== two || (one === undefined && types[0].kind !== types[1].kind)) {
    evaluator.report(first.operand, 'type', `${operator} compares ${types[0].title} with ${types[1].title}`, comparisonFix(first, other));
  } else if (isEquality ? one === undefined && !types[1].isComparable : one === undefined || one === 'bool') {
    evaluator.report(first.operand, 'type', `${operator} cannot compare ${types[0].title}`, 'compare strings or numbers, such as len of a list');
  }
}

function comparisonFix(...given: readonly Argument[]): string {
  const kinds = given.map(({ value }) => value.type.kind);
  const number = given.find(({ value }) => typeof value.constant === 'number');
  if (kinds.includes('string') && number) {
    return `labels and annotations are strings: write ${JSON.stringify(String(number.value.constant))}, in double quotes`;
  }
  const whole = given.find(({ value }) => value.type.kind === 'int' && value.constant !== undefined);
  if (kinds.includes('float') && whole) {
    return `write the number with a fraction: ${whole.value.constant}.0`;
  }
  return kinds.includes('list') ? 'compare the number of entries: len of the list' : 'compare values of the same type';
}

function comparisonFacts(evaluator: Evaluation, operator: string, first: Value, other: Value): Partial<Value> {
  if (typeof other.constant === 'number' && first.lengthOf !== undefined) {
    return factsOfLength(operator, first.lengthOf, other.constant);
  }
  if (typeof first.constant === 'number' && other.lengthOf !== undefined) {
    return factsOfLength(MIRRORED[operator], other.lengthOf, first.constant);
  }
  const [text, path] = typeof other.constant === 'string' ? [other.constant, first.path] : [first.constant, other.path];
  const facts = typeof text === 'string' && path !== undefined ? evaluator.universe.comparison?.(path, text) : undefined;
  if (!facts || (operator !== 'eq' && operator !== 'ne')) {
    return {};
  }
  return operator === 'eq' ? facts : { whenTrue: facts.whenFalse, whenFalse: facts.whenTrue };
}
