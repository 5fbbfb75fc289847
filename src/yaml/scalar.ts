import { isScalar, Node, Pair, Scalar } from 'yaml';
import type { YamlFormat } from './format';

/**
 * What a YAML 1.1 scalar means to go-yaml v2, Alertmanager's YAML reader: `yes` and `off` are booleans, `0x1f` and `017` are integers,
 * `1:30` and dates are text.
 */
export type ResolvedScalar =
  | { readonly type: 'null' }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'int'; readonly value: bigint }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'text' }
  | { readonly type: 'binary' }
  /** The tag forbids what is written, as in `!!int abc`. */
  | { readonly type: 'mismatch'; readonly tag: string };

const TRUE = new Set(['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON']);
const FALSE = new Set(['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF']);
const NULL = new Set(['', '~', 'null', 'Null', 'NULL']);
const NOT_A_NUMBER = new Set(['.nan', '.NaN', '.NAN']);
const INFINITE = /^([-+]?)\.(?:inf|Inf|INF)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** Decimal, hexadecimal, octal (with `0` or `0o`) and binary, as Go's ParseInt with base 0 takes them. */
const INTEGER = /^([-+]?)(?:(0[xX][0-9a-fA-F]+)|(0[bB][01]+)|0[oO]([0-7]+)|0([0-7]+)|(0|[1-9][0-9]*))$/;

const TAG_PREFIX = 'tag:yaml.org,2002:';
const MIN_INT = -(2n ** 63n);
const MAX_UINT = 2n ** 64n - 1n;

/** What a scalar means to go-yaml v2. */
export function resolveScalar(node: Scalar): ResolvedScalar {
  return resolveText(node.source ?? '', node.type === 'PLAIN' || node.type === undefined, node.tag);
}

/**
 * @param text the scalar without its quotes.
 * @param plain whether it was written without quotes.
 * @param tag its explicit tag, if it has one.
 */
function resolveText(text: string, plain: boolean, tag?: string): ResolvedScalar {
  if (tag === undefined || tag === '') {
    return plain ? resolvePlain(text) : { type: 'text' };
  }
  // The non-specific tag takes the quotes away: !'5' is a number.
  if (tag === '!') {
    return text === '' ? { type: 'text' } : resolvePlain(text);
  }
  return resolveTagged(text, tag);
}

function resolveTagged(text: string, tag: string): ResolvedScalar {
  const short = tag.startsWith(TAG_PREFIX) ? tag.slice(TAG_PREFIX.length) : undefined;
  switch (short) {
    case 'str':
      return { type: 'text' };
    case 'binary':
      return { type: 'binary' };
    case 'timestamp':
      return /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:$|[Tt ])/.test(text) ? { type: 'text' } : { type: 'mismatch', tag: '!!timestamp' };
    case 'int': case 'bool': case 'null': case 'float': {
      const meaning = resolvePlain(text);
      if (short === 'float' && meaning.type === 'int') {
        return { type: 'float', value: Number(meaning.value) };
      }
      return meaning.type === short ? meaning : { type: 'mismatch', tag: `!!${short}` };
    }
    // Tags that Alertmanager does not know leave text as it is.
    default:
      return { type: 'text' };
  }
}

function resolvePlain(text: string): ResolvedScalar {
  if (NULL.has(text)) {
    return { type: 'null' };
  }
  if (TRUE.has(text) || FALSE.has(text)) {
    return { type: 'bool', value: TRUE.has(text) };
  }
  return /^[-+.0-9]/.test(text) ? resolveNumber(text) : { type: 'text' };
}

function resolveNumber(text: string): ResolvedScalar {
  const infinite = INFINITE.exec(text);
  if (infinite) {
    return { type: 'float', value: infinite[1] === '-' ? -Infinity : Infinity };
  }
  if (NOT_A_NUMBER.has(text)) {
    return { type: 'float', value: NaN };
  }
  if (text.startsWith('.')) {
    return FLOAT.test(text) ? { type: 'float', value: Number(text) } : { type: 'text' };
  }
  const digits = text.replace(/_/g, '');
  const integer = toInteger(digits);
  if (integer !== undefined && integer >= MIN_INT && (integer < 2n ** 63n || (integer <= MAX_UINT && !digits.startsWith('+')))) {
    return { type: 'int', value: integer };
  }
  if (FLOAT.test(digits) && Number.isFinite(Number(digits))) {
    return { type: 'float', value: Number(digits) };
  }
  return { type: 'text' };
}

function toInteger(digits: string): bigint | undefined {
  // No 64-bit integer is longer, not even in binary; a longer text must not cost quadratic time.
  const match = digits.length <= 80 ? INTEGER.exec(digits) : null;
  if (!match) {
    return undefined;
  }
  const [, sign, hexadecimal, binary, octal, oldOctal, decimal] = match;
  const octalDigits = octal ?? oldOctal;
  const magnitude = BigInt(hexadecimal ?? binary ?? decimal ?? `0o${octalDigits}`);
  return sign === '-' ? -magnitude : magnitude;
}

/** Whether a reader takes the node as null without looking at what stands there: `null`, `~`, or nothing at all. */
export function isNull(node: Node | null | undefined, dialect: YamlFormat['dialect']): boolean {
  if (!node) {
    return true;
  }
  if (!isScalar(node)) {
    return false;
  }
  if (dialect === 'v3') {
    return node.tag === 'tag:yaml.org,2002:null' || (isPlain(node) && node.tag === undefined && NULL.has(String(node.value)));
  }
  if (node.tag !== undefined && (node.tag !== '!' || node.source === '')) {
    return node.tag === 'tag:yaml.org,2002:null';
  }
  const plain = node.type === 'PLAIN' || node.type === undefined || node.tag === '!';
  return plain && ['', '~', 'null'].includes(node.source ?? '');
}

/** Whether the entry of a mapping brings the entries of others: `<<`, unquoted. */
export function isMergeKey({ key }: Pair<Node, Node | null>, dialect: YamlFormat['dialect']): boolean {
  if (!isScalar(key)) {
    return false;
  }
  return dialect === 'v3'
    ? key.value === '<<' && isPlain(key)
    : key.source === '<<' && ((key.type === 'PLAIN' && key.tag === undefined) || key.tag === 'tag:yaml.org,2002:merge');
}

/** What go-yaml v3 decodes into a whole number; it drops the fraction of others. */
const V3_NUMBER = /^[-+]?(?:0[xX][0-9a-fA-F_]+|0[oO]?[0-7_]+|0b[01_]+|[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?|\.[0-9_]+(?:[eE][-+]?[0-9]+)?)$/;

/** Whether go-yaml v3 takes a scalar for a number. */
export function isV3Number(scalar: Scalar): boolean {
  return isPlain(scalar) && V3_NUMBER.test(String(scalar.value));
}

/** Unquoted, and not marked as text by a tag. */
function isPlain(scalar: Scalar): boolean {
  return scalar.type === 'PLAIN' && scalar.tag !== 'tag:yaml.org,2002:str' && scalar.tag !== '!';
}
