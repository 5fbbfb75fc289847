const ACTION = /\{\{-?\s*((?:"(?:\\.|[^"\\])*"|`[^`]*`|[^"`}]|\}(?!\}))*?)\s*-?\}\}/g;
const CONTROL = /^(?:if|else|range|end|define|block|template|break|continue|\/\*)\b|^\/\*/;
const LABEL = /\.severity\b|"severity"/;
const ASSIGNMENT = /^(\$\w+)\s*:?=/;

/**
 * Whether a template prints the severity label with a given value as it is, as far as its text shows: an action outputs the label,
 * or a variable with it, and no literal of the template has the value. What a called template prints is not known, so it does not count.
 */
export function printsSeverity(template: string, value: string): boolean {
  const actions = [...template.matchAll(ACTION)].map(([, text]) => text).filter((text) => !CONTROL.test(text));
  const variables = actions.flatMap((text) => (LABEL.test(text) ? ASSIGNMENT.exec(text)?.[1] ?? [] : []));
  const isPrinted = actions.some((text) => !ASSIGNMENT.test(text)
    && (LABEL.test(text) || variables.some((name) => text.split(/[^$\w]/).includes(name))));
  return isPrinted && !literalsOf(template).some((literal) => literal.split(/\W+/).includes(value) || literal === value);
}

function literalsOf(template: string): string[] {
  return [...template.matchAll(ACTION)].flatMap(([, text]) => [...text.matchAll(/"((?:\\.|[^"\\])*)"|`([^`]*)`/g)].map(([, quoted, raw]) => quoted ?? raw));
}
