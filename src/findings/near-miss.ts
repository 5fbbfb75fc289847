/**
 * The name among the known ones that was probably meant: a few slips of the keyboard away (one, for short names, two or a
 * fifth of its letters for others), or the
 * same but for case, hyphens and underscores.
 */
export function nearMiss(name: string, known: Iterable<string>): string | undefined {
  if (name.length > 60) {
    return undefined;
  }
  const allowed = name.length <= 4 ? 1 : Math.max(2, Math.floor(name.length / 5));
  let best: string | undefined;
  let bestDistance = allowed + 1;
  for (const candidate of known) {
    const distance = simplified(candidate) === simplified(name) ? 0 : editDistance(name, candidate, allowed);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** ` (did you mean "…"?)`, or nothing. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const meant = nearMiss(name, known);
  return meant === undefined ? '' : `did you mean "${meant}"? `;
}

function simplified(name: string): string {
  return name.toLowerCase().replace(/[-_ ]/g, '');
}

/** The number of letters to insert, delete, replace or swap with their neighbor; anything over `limit` is `limit + 1`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) {
    return limit + 1;
  }
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = last[column - 1] + (a[row - 1] === b[column - 1] ? 0 : 1);
      let distance = Math.min(last[column] + 1, current[column - 1] + 1, replaced);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        distance = Math.min(distance, beforeLast[column - 2] + 1);
      }
      current.push(distance);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length];
}
