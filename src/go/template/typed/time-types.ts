import { BOOL, FLOAT, GoType, INT, Signature, signature, STRING } from './types';

/** `time.Month`, `time.Weekday`, and so on: numbers that print a name. */
const NAMED_NUMBER: GoType = { ...INT, title: 'a month or a weekday', underlying: 'int', methods: new Map([['String', signature([], STRING)]]) };

const LOCATION: GoType = {
  title: 'a time zone', kind: 'struct', underlying: 'time.Location', isNamed: true, isComparable: true, fields: new Map(), methods: new Map([['String', signature([], STRING)]]),
};

export const DURATION: GoType = {
  title: 'a duration',
  kind: 'int',
  underlying: 'int64',
  isNamed: true,
  methods: new Map<string, Signature>([
    ...['Hours', 'Minutes', 'Seconds'].map((name) => [name, signature([], FLOAT)] as const),
    ...['Milliseconds', 'Microseconds', 'Nanoseconds'].map((name) => [name, signature([], INT)] as const),
    ['String', signature([], STRING)],
    ['Abs', { parameters: [], result: () => DURATION }],
    ...['Round', 'Truncate'].map((name): [string, Signature] => [name, { parameters: [() => DURATION], result: () => DURATION }]),
  ]),
};

const ofTime = (parameters: ReadonlyArray<() => GoType>, result: () => GoType): Signature => ({ parameters, result });

/** `time.Time` with the methods that return one value, or one and an error. */
export const TIME: GoType = {
  title: 'a time',
  kind: 'struct',
  underlying: 'time.Time',
  isNamed: true,
  isComparable: true,
  fields: new Map(),
  methods: new Map<string, Signature>([
    ...['Year', 'Day', 'Hour', 'Minute', 'Second', 'Nanosecond', 'YearDay', 'Unix', 'UnixMilli', 'UnixMicro', 'UnixNano']
      .map((name) => [name, signature([], INT)] as const),
    ...['Month', 'Weekday'].map((name) => [name, signature([], NAMED_NUMBER)] as const),
    ...['String', 'GoString'].map((name) => [name, signature([], STRING)] as const),
    ...['IsZero', 'IsDST'].map((name) => [name, signature([], BOOL)] as const),
    ...['UTC', 'Local'].map((name) => [name, ofTime([], () => TIME)] as const),
    ...['After', 'Before', 'Equal'].map((name) => [name, ofTime([() => TIME], () => BOOL)] as const),
    ...['Round', 'Truncate', 'Add'].map((name) => [name, ofTime([() => DURATION], () => TIME)] as const),
    ['Compare', ofTime([() => TIME], () => INT)],
    ['Sub', ofTime([() => TIME], () => DURATION)],
    ['Format', signature([STRING], STRING)],
    ['AddDate', ofTime([() => INT, () => INT, () => INT], () => TIME)],
    ['Location', signature([], LOCATION)],
    ['In', ofTime([() => LOCATION], () => TIME)],
  ]),
};
