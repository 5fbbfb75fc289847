import { lstatSync, readdirSync } from 'fs';
import * as path from 'path';
import { compareGoStrings } from './text';

/** One step of a pattern: an exact character, a set of them, any one, or any number of any. */
type Piece =
  | { readonly kind: 'literal'; readonly code: number }
  | { readonly kind: 'set'; readonly matches: (code: number) => boolean }
  | { readonly kind: 'any' }
  | { readonly kind: 'many' };

/**
 * The files and directories that a pattern names, as Go's `filepath.Glob` finds them: `*`, `?`, `[a-z]`, `[^a-z]` and `\` within
 * one step of the path, no `**`. Names that begin with a dot are like others. Sorted within each directory.
 *
 * @param base the directory that a relative pattern starts from; taken as it is, not as a pattern.
 * @returns absolute paths; undefined if the pattern is malformed. What cannot be listed has no matches.
 */
export function glob(pattern: string, base: string): string[] | undefined {
  const { root, segments } = split(pattern);
  const matchers = segments.map(compileSegment);
  if (!matchers.every((matcher) => matcher !== undefined)) {
    return undefined;
  }
  let found = [path.resolve(base, root)];
  matchers.forEach((matcher, index) => {
    found = found.flatMap((directory) => (typeof matcher === 'string'
      ? [path.join(directory, matcher)].filter((file) => index < matchers.length - 1 || exists(file))
      : list(directory).filter(matcher).map((name) => path.join(directory, name))));
  });
  return found;
}

/** The part of a pattern behind the last slash. */
export function baseNameOf(pattern: string): string {
  return pattern.slice(pattern.lastIndexOf('/') + 1);
}

function split(pattern: string): { readonly root: string; readonly segments: string[] } {
  const { root } = path.parse(pattern);
  return { root, segments: path.posix.normalize(pattern.slice(root.length)).split('/').filter((segment) => segment !== '' && segment !== '.') };
}

/** A function that says whether a name matches; the segment itself if it is no pattern; undefined if it is malformed. */
export function compileSegment(segment: string): string | ((name: string) => boolean) | undefined {
  if (!/[*?[\\]/.test(segment)) {
    return segment;
  }
  const pieces: Piece[] = [];
  const characters = Array.from(segment);
  let at = 0;
  while (at < characters.length) {
    const character = characters[at];
    at += 1;
    if (character === '*') {
      pieces.push({ kind: 'many' });
    } else if (character === '?') {
      pieces.push({ kind: 'any' });
    } else if (character === '[') {
      const set = readSet(characters, at);
      if (!set) {
        return undefined;
      }
      pieces.push({ kind: 'set', matches: set.matches });
      at = set.end;
    } else {
      const literal = character === '\\' ? characters[at] : character;
      if (literal === undefined) {
        return undefined;
      }
      at += character === '\\' ? 1 : 0;
      pieces.push({ kind: 'literal', code: codeOf(literal) });
    }
  }
  return (name) => matchPieces(pieces, Buffer.from(name));
}

interface CharacterSet {
  readonly matches: (code: number) => boolean;
  readonly end: number;
}

/** What follows `[`: perhaps `^`, then at least one character or range, then `]`. */
function readSet(characters: readonly string[], start: number): CharacterSet | undefined {
  const negated = characters[start] === '^';
  const ranges: Array<readonly [number, number]> = [];
  let at = negated ? start + 1 : start;
  while (characters[at] !== ']' || ranges.length === 0) {
    const low = readSetCharacter(characters, at);
    if (!low) {
      return undefined;
    }
    at = low.end;
    let high: typeof low | undefined = low;
    if (characters[at] === '-') {
      high = readSetCharacter(characters, at + 1);
      if (!high) {
        return undefined;
      }
      at = high.end;
    }
    ranges.push([low.code, high.code]);
  }
  const within = (code: number): boolean => ranges.some(([low, high]) => low <= code && code <= high);
  return { end: at + 1, matches: (code) => within(code) !== negated };
}

/** A character of a set: not `-` or `]` unless escaped, and never the last one of the pattern. */
function readSetCharacter(characters: readonly string[], at: number): { readonly code: number; readonly end: number } | undefined {
  const escaped = characters[at] === '\\';
  const character = characters[escaped ? at + 1 : at];
  const end = at + (escaped ? 2 : 1);
  if (character === undefined || end >= characters.length || (!escaped && (character === '-' || character === ']'))) {
    return undefined;
  }
  return { code: codeOf(character), end };
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

/**
 * Goes back to the last `*` only, which is enough, so that no pattern takes exponential time. In Go, a `*` takes bytes, and can
 * end within a character: what is left of it is U+FFFD to `?` and to a set, and no character of a pattern.
 */
function matchPieces(pieces: readonly Piece[], name: Buffer): boolean {
  let piece = 0;
  let at = 0;
  let retry: { readonly piece: number; at: number } | undefined;
  while (at < name.length || piece < pieces.length) {
    const current = pieces[piece];
    const character = at < name.length ? characterAt(name, at) : undefined;
    if (current?.kind === 'many') {
      retry = { piece: piece + 1, at };
      piece += 1;
    } else if (current !== undefined && character !== undefined && matchesPiece(current, character)) {
      piece += 1;
      at += character.bytes;
    } else if (retry && retry.at < name.length) {
      retry.at += 1;
      piece = retry.piece;
      at = retry.at;
    } else {
      return false;
    }
  }
  return true;
}

interface Character {
  readonly code: number;
  readonly bytes: number;
  /** Whether it is the rest of a character whose beginning a `*` took. */
  readonly isBroken: boolean;
}

function characterAt(name: Buffer, at: number): Character {
  const first = name[at];
  if (first >= 0x80 && first < 0xc0) {
    return { code: 0xfffd, bytes: 1, isBroken: true };
  }
  const bytes = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  return { code: codeOf(name.toString('utf8', at, at + bytes)), bytes, isBroken: false };
}

function matchesPiece(piece: Exclude<Piece, { kind: 'many' }>, character: Character): boolean {
  switch (piece.kind) {
    case 'literal': return !character.isBroken && piece.code === character.code;
    case 'set': return piece.matches(character.code);
    case 'any': return true;
  }
}

function exists(file: string): boolean {
  try {
    lstatSync(file);
    return true;
  } catch {
    return false;
  }
}

function list(directory: string): string[] {
  try {
    return readdirSync(directory).sort(compareGoStrings);
  } catch {
    return [];
  }
}
