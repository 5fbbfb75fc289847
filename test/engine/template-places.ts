/** Actions of a template, with their places. */
const ACTION = /\{\{-?\s*([^]*?)\s*-?\}\}/g;

/**
 * Whether what stands at a place is executed only sometimes: it is within a branch, a loop, or a definition, or an argument of `and` or
 * `or` decides about it.
 */
export function isConditional(template: string, offset: number): boolean {
  let depth = 0;
  for (const action of template.matchAll(ACTION)) {
    const end = action.index + action[0].length;
    if (end > offset) {
      return depth > 0 || /\b(?:and|or) /.test(template.slice(action.index, offset));
    }
    if (/^(?:if|with|range|define|block)\b/.test(action[1])) depth += 1;
    if (action[1] === 'end') depth -= 1;
  }
  return depth > 0;
}

/** Whether a variable gets another value within a branch or a loop, by `=` in it or as the target of the loop itself. */
export function assignsInBranch(template: string): boolean {
  return [...template.matchAll(/\{\{-? ?(range )?(?:\$\w+, )?\$\w+ = /g)].some((assignment) =>
    assignment[1] !== undefined || isConditional(template, assignment.index + assignment[0].length - 1));
}
