import { Lexer } from 'yaml';

/** A text with indented continuation lines. Lines are the same as in the original; columns move by what was added. */
export interface IndentedText {
  readonly text: string;
  /** How many spaces were added to a line, by the number of the line, which counts from 1. */
  readonly addedColumns: ReadonlyMap<number, number>;
}

/** Every fix reads the text again: a file can cost this much, then its YAML is reported as invalid. */
const MAX_CHARACTERS_READ = 50_000_000;

/** What the lexer yields before a plain or block scalar, and where a line ends a flow collection early. */
const SCALAR = '\u001f';
const FLOW_END = '\u0018';

/**
 * Indents the lines of quoted texts and flow collections that are not indented deeper than their key. The YAML specification
 * requires the indentation and so does the YAML library; Alertmanager and Prometheus do not.
 *
 * @param text with normalized line ends.
 */
export function indentContinuations(text: string): IndentedText {
  const lines = text.split('\n');
  const addedColumns = new Map<number, number>();
  let current = text;
  for (let read = 0; read <= MAX_CHARACTERS_READ; read += current.length) {
    const found = findUnindented(current);
    if (!found || lines.slice(found.first, found.last + 1).some(isDocumentMarker)) {
      return { text: current, addedColumns };
    }
    for (let line = found.first; line <= found.last; line++) {
      lines[line] = ' '.repeat(found.columns) + lines[line];
      addedColumns.set(line + 1, (addedColumns.get(line + 1) ?? 0) + found.columns);
    }
    current = lines.join('\n');
  }
  return { text, addedColumns: new Map() };
}

/** Lines, counted from 0, and how many spaces they need. */
interface UnindentedLines {
  readonly first: number;
  readonly last: number;
  readonly columns: number;
}

function findUnindented(text: string): UnindentedLines | undefined {
  let offset = 0;
  let isScalar = false;
  const open: number[] = [];
  for (const token of new Lexer().lex(text)) {
    if (token === FLOW_END) {
      const line = lineOf(text, offset);
      // A key and its colon must be on one line for these readers, too.
      return text[offset] === ':' ? undefined : { first: line, last: line, columns: columnOf(text, open[0] ?? 0) + 1 };
    }
    const isZeroWidth = token === SCALAR || token === '\u0002';
    if (!isScalar && !isZeroWidth) {
      const quote = token[0];
      if (quote === '"' || quote === "'") {
        const end = closingQuote(text, offset, quote);
        if (end === undefined) {
          return undefined;
        }
        if (end >= offset + token.length) {
          return { first: lineOf(text, offset + token.length) + 1, last: lineOf(text, end), columns: columnOf(text, offset) + 1 };
        }
      } else if (token === '[' || token === '{') {
        open.push(offset);
      } else if (token === ']' || token === '}') {
        open.pop();
      }
    }
    isScalar = token === SCALAR;
    offset += isZeroWidth ? 0 : token.length;
  }
  return undefined;
}

function closingQuote(text: string, start: number, quote: '"' | "'"): number | undefined {
  for (let at = start + 1; at < text.length; at++) {
    if (quote === '"' && text[at] === '\\') {
      at += 1;
    } else if (text[at] === quote) {
      if (quote === '"' || text[at + 1] !== quote) {
        return at;
      }
      at += 1;
    }
  }
  return undefined;
}

/** Ends the document even within quotes. */
function isDocumentMarker(line: string): boolean {
  return /^(?:---|\.\.\.)(?:\s|$)/.test(line);
}

function lineOf(text: string, offset: number): number {
  let line = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    line += 1;
  }
  return line;
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}
