/** Bounds of the memory: the number of results, and the length of a text whose result is kept. */
const MAX_RESULTS = 500;
const MAX_TEXT_LENGTH = 2_000;

/** Returns the function with its recent results kept, because large files repeat the same few templates. */
export function memoize<Result>(compute: (text: string) => Result): (text: string) => Result {
  const results = new Map<string, Result>();
  return (text) => {
    const known = results.get(text);
    if (known !== undefined || text.length > MAX_TEXT_LENGTH) {
      return known ?? compute(text);
    }
    if (results.size >= MAX_RESULTS) {
      results.clear();
    }
    const result = compute(text);
    results.set(text, result);
    return result;
  };
}
