// Finds the prose in a file: the text of a Markdown page, the comments and the sentences in strings of a program.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** The prose of a file as parts with their offsets. Code within prose is blanked, so that offsets stay right. */
export function proseOf(file) {
  const source = readFileSync(file, 'utf8');
  const parts = path.extname(file) === '.md' ? [{ offset: 0, text: withoutFrontMatter(source) }] : proseOfProgram(file, source);
  return { source, parts: parts.map(({ offset, text }) => ({ offset, text: blankCode(text) })) };
}

/** Comments, and strings that contain a space: others are names. */
function proseOfProgram(file, source) {
  const program = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const parts = new Map();
  const add = (start, end) => parts.set(start, { offset: start, text: source.slice(start, end) });
  const visit = (node) => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      if (node.text.trim().includes(' ')) {
        add(node.getStart(program), node.getEnd());
      }
    }
    for (const comment of [
      ...(ts.getLeadingCommentRanges(source, node.getFullStart()) ?? []),
      ...(ts.getTrailingCommentRanges(source, node.getEnd()) ?? []),
    ]) {
      add(comment.pos, comment.end);
    }
    node.getChildren(program).forEach(visit);
  };
  visit(program);
  return [...parts.values()].sort((a, b) => a.offset - b.offset);
}

function withoutFrontMatter(text) {
  return text.replace(/^---\n[\s\S]*?\n---\n/, blank);
}

/** Blanks what is no English: fenced and inline code, examples in docstrings, HTML, links, and addresses. */
function blankCode(text) {
  return text
    .replace(/^([ \t]*(?:\* )?```).*\n[\s\S]*?\n[ \t]*(?:\* ?)?```[ \t]*$/gm, blank)
    .replace(/@example[\s\S]*?(?=\n[ \t]*\* @|\*\/)/g, blank)
    .replace(/^(?: {4}|\t)[^*\n].*$/gm, (line) => (text.startsWith('/') ? line : blank(line)))
    .replace(/`[^`\n]+`/g, blank)
    .replace(/\{@link [^}]+\}/g, blank)
    .replace(/\]\([^)\s]+\)/g, blank)
    .replace(/\bhttps?:\/\/\S+/g, blank)
    .replace(/<!--[\s\S]*?-->/g, blank);
}

function blank(text) {
  return text.replace(/[^\n]/g, ' ');
}
