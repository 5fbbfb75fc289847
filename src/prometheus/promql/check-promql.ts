import type { Tree } from '@lezer/common';
import { promqlGrammar } from './grammar';
import { lex } from './lexer';
import { TypeChecker } from './type-checker';
import type { TextDiagnostic } from '../../findings/diagnostic';
import { isError } from '../../findings/finding';

/** How deep an expression can nest before it is refused: the grammar's tree is flattened somewhat below this. */
const MAX_TREE_DEPTH = 2000;

/** Everything that is wrong with an expression: syntax first, and when that is sound, types, arguments and matchers. */
export function checkPromql(text: string): TextDiagnostic[] {
  const { diagnostics, normalized } = lex(text);
  if (diagnostics.some(isError)) {
    return [...diagnostics];
  }
  const tree = promqlGrammar.parse(normalized);
  const syntax = syntaxError(text, normalized, tree);
  if (syntax) {
    return [...diagnostics, syntax];
  }
  const checker = new TypeChecker(text);
  tree.iterate({ enter: (node) => checker.enter(node), leave: (node) => checker.leave(node) });
  return [...diagnostics, ...checker.diagnostics];
}

/** The first error only: what follows it is guesswork. */
function syntaxError(text: string, normalized: string, tree: Tree): TextDiagnostic | undefined {
  let depth = 0;
  let found: TextDiagnostic | undefined;
  tree.iterate({
    enter: (node) => {
      depth++;
      if (node.type.isError && !found) {
        found = { code: 'promql-syntax', ...describeError(text, normalized, node.from) };
      } else if (depth > MAX_TREE_DEPTH && !found) {
        found = { code: 'promql-syntax', offset: node.from, message: `expression nests deeper than ${MAX_TREE_DEPTH} levels`, fix: 'split it into recording rules' };
      }
      return found === undefined;
    },
    leave: () => {
      depth--;
    },
  });
  return found;
}

function describeError(text: string, normalized: string, from: number): { offset: number; message: string } {
  if (normalized.trim() === '') {
    return { offset: 0, message: 'no expression' };
  }
  const offset = from + (/^\s*/.exec(normalized.slice(from))?.[0].length ?? 0);
  if (offset >= normalized.length) {
    return { offset: normalized.trimEnd().length, message: 'unexpected end of the expression' };
  }
  const token = /^(?:[a-zA-Z0-9_:.]+|"[^"]*"|'[^']*'|`[^`]*`|[=!<>]=?~?|[^])/.exec(normalized.slice(offset, offset + 200))?.[0] ?? '';
  return { offset, message: `unexpected ${JSON.stringify(text.slice(offset, offset + token.length))}` };
}
