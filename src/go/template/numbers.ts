import { excerpt } from './tokens';

/** What Go has against a number that the lexer cut out; undefined if it is one. */
export function numberProblem(text: string): string | undefined {
  const illegal = `illegal number syntax: ${excerpt(text)}`;
  if (text.endsWith('i')) {
    return isFiniteFloat(text.slice(0, -1)) || isComplex(text) ? undefined : illegal;
  }
  if (isInteger(text)) {
    return undefined;
  }
  if (!isFiniteFloat(text)) {
    return illegal;
  }
  // Digits alone that are no integer of 64 bits; this includes 08, which is no octal number.
  return /[.eEpP]/.test(text) ? undefined : `integer overflow: ${excerpt(text)}`;
}

const FLOAT_SPELLING = '(?:0[xX][\\da-fA-F_]*(?:\\.[\\da-fA-F_]*)?(?:[pP][-+]?[\\d_]*)?|[\\d_]*(?:\\.[\\d_]*)?(?:[eE][-+]?[\\d_]*)?)';
const COMPLEX = new RegExp(`^([-+]?${FLOAT_SPELLING})([-+]${FLOAT_SPELLING})i$`);

function isComplex(text: string): boolean {
  const parts = COMPLEX.exec(text);
  return parts !== null && isFiniteFloat(parts[1]) && isFiniteFloat(parts[2]);
}

const INTEGER = /^([-+]?)(0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+|0[0-7]*|[1-9]\d*)$/;

/** Whether it is an integer that fits into 64 bits: unsigned without a sign, signed with one. */
function isInteger(text: string): boolean {
  const match = INTEGER.exec(withoutUnderscores(text) ?? '');
  if (!match) {
    return false;
  }
  const [, sign, digits] = match;
  const value = magnitude(digits);
  if (sign === '') {
    return value < 2n ** 64n;
  }
  return sign === '-' ? value <= 2n ** 63n : value < 2n ** 63n;
}

/** No integer of 64 bits has more digits in any base, and reading very many would take quadratic time. */
const MAX_DIGITS = 64;

function magnitude(digits: string): bigint {
  const prefix = /^0[xXoObB]/.exec(digits)?.[0].toLowerCase() ?? (digits.startsWith('0') ? '0o' : '');
  const significant = digits.replace(/^0[xXoObB]?0*/, '');
  return significant.length > MAX_DIGITS ? 2n ** 65n : BigInt(`${prefix}${significant || '0'}`);
}

const DECIMAL_FLOAT = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/;
const HEXADECIMAL_FLOAT = /^[-+]?0[xX](?=\.?[\da-fA-F])([\da-fA-F]*)\.?([\da-fA-F]*)[pP]([-+]?\d+)$/;

/** Whether Go reads it as a float that is not infinite. */
function isFiniteFloat(text: string): boolean {
  const plain = withoutUnderscores(text) ?? '';
  if (DECIMAL_FLOAT.test(plain)) {
    return Number.isFinite(Number(plain));
  }
  const match = HEXADECIMAL_FLOAT.exec(plain);
  return match !== null && isFiniteHexadecimal(match[1], match[2], Number(match[3]));
}

/** Enough hexadecimal digits to know the size of a number; all of them fit into a double exactly. */
const SIZE_DIGITS = 13;

function isFiniteHexadecimal(whole: string, fraction: string, exponent: number): boolean {
  const digits = `${whole}${fraction}`;
  const first = digits.search(/[^0]/);
  if (first < 0) {
    return true;
  }
  const taken = digits.slice(first, first + SIZE_DIGITS);
  const weightOfLastTaken = 4 * (whole.length - first - taken.length);
  return Math.log2(parseInt(taken, 16)) + weightOfLastTaken + exponent < 1024;
}

/** The digits alone; undefined if an underscore does not stand between two digits (the base prefix counts as one). */
function withoutUnderscores(text: string): string | undefined {
  const misplaced = /0[xX]/.test(text) ? /(?<![\da-fA-FxX])_|_(?![\da-fA-F])/ : /(?<![\doObB])_|_(?!\d)/;
  return misplaced.test(text) ? undefined : text.replace(/_/g, '');
}
