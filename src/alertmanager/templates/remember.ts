/** How many results are kept, and the longest text that one is kept for: all of them together stay small. */
const MOST = 500;
const LONGEST = 2_000;

/** The function, but the results for the texts of late are not computed again: large files repeat the same few templates. */
export function remember<Result>(compute: (text: string) => Result): (text: string) => Result {
  const results = new Map<string, Result>();
  return (text) => {
    const known = results.get(text);
    if (known !== undefined || text.length > LONGEST) {
      return known ?? compute(text);
    }
    if (results.size >= MOST) {
      results.clear();
    }
    const result = compute(text);
    results.set(text, result);
    return result;
  };
}
