/** Says what is wrong with a regular expression, and at which place in it. */
export class RegexpError extends Error {
  public constructor(message: string, public readonly offset: number) {
    super(message);
  }
}

/** Escapes that stand for a place between characters. */
export const PLACE = /\\[AbBz]/y;

/** Escapes that stand for one of several characters. */
export const PERL_CLASS = /\\[dDsSwW]/y;

/** Escapes of one character. A digit alone would be a back-reference; three digits are octal. */
const CHARACTER = /\\(?:[afnrtv]|0[0-7]{0,2}|[1-7][0-7]{1,2}|x[0-9a-fA-F]{2}|x\{([0-9a-fA-F]+)\}|[!-\/:-@[-`{-~\x20\x00-\x1f\x7f])/y;

const UNICODE_CLASS = /\\[pP](?:\{\^?([^}]*)\}|([^{}^]))/uy;

/** @returns where the escape that begins at `start` ends. */
export function endOfEscape(text: string, start: number): number {
  return endOf(PLACE, text, start) ?? endOf(PERL_CLASS, text, start) ?? endOfUnicodeClass(text, start) ?? endOfCharacterEscape(text, start);
}

export function endOfCharacterEscape(text: string, start: number): number {
  CHARACTER.lastIndex = start;
  const match = CHARACTER.exec(text);
  if (!match) {
    throw new RegexpError(start === text.length - 1 ? 'it ends with a backslash' : `the escape ${escapeAt(text, start)} is not known (no back-references)`, start);
  }
  if (match[1] !== undefined && parseInt(match[1], 16) > 0x10ffff) {
    throw new RegexpError(`there is no character ${match[0]}`, start);
  }
  return CHARACTER.lastIndex;
}

/** @returns where `\pL` or `\p{Greek}` ends; nothing if there is none. */
export function endOfUnicodeClass(text: string, start: number): number | undefined {
  if (!/[pP]/.test(text[start + 1] ?? '')) {
    return undefined;
  }
  UNICODE_CLASS.lastIndex = start;
  const match = UNICODE_CLASS.exec(text);
  const name = match?.[1] ?? match?.[2];
  if (name === undefined || !isUnicodeClass(name)) {
    throw new RegexpError(`the class ${match?.[0] ?? escapeAt(text, start)} is not known`, start);
  }
  return UNICODE_CLASS.lastIndex;
}

export function endOf(pattern: RegExp, text: string, start: number): number | undefined {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

const CATEGORIES = new Set(('Any C Cc Cf Co Cs L Ll Lm Lo Lt Lu M Mc Me Mn N Nd Nl No P Pc Pd Pe Pf Pi Po Ps '
  + 'S Sc Sk Sm So Z Zl Zp Zs').split(' '));

/** Of the scripts with a name of four letters, those that are not short for another name, which Go does not know. */
const FOUR_LETTER_SCRIPTS = new Set(['Ahom', 'Cham', 'Kawi', 'Lisu', 'Modi', 'Newa', 'Thai', 'Toto']);

/** What JavaScript calls the script of characters that have none. */
const NO_SCRIPT = 'Unknown';

/** A general category by its letters, or a script by its full name. */
function isUnicodeClass(name: string): boolean {
  if (CATEGORIES.has(name)) {
    return true;
  }
  if (!/^[A-Z][A-Za-z_]+$/.test(name) || (name.length === 4 && !FOUR_LETTER_SCRIPTS.has(name)) || name === NO_SCRIPT) {
    return false;
  }
  try {
    return new RegExp(`\\p{Script=${name}}`, 'u').source !== '';
  } catch {
    return false;
  }
}

function escapeAt(text: string, start: number): string {
  return text.slice(start, start + 2);
}
