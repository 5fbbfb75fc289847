/** How far the beginning of a text is from the beginning of the user's file. */
export interface TextShift {
  readonly lines: number;
  readonly columns: number;
}

/** The line counter: lines and columns of a text, both counted from 1, columns in UTF-16 code units. */
export class TextPosition {
  private readonly lineStarts: number[] = [0];

  /** @param addedColumns how many columns a line has more than in the user's file, by its number. */
  constructor(
    text: string,
    private readonly addedColumns: ReadonlyMap<number, number> = new Map(),
    private readonly shift: TextShift = { lines: 0, columns: 0 },
  ) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      this.lineStarts.push(at + 1);
    }
  }

  public of(offset: number): { readonly line: number; readonly column: number } {
    let low = 0;
    let high = this.lineStarts.length;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.lineStarts[middle] <= offset) {
        low = middle;
      } else {
        high = middle;
      }
    }
    const column = offset - this.lineStarts[low] + 1;
    const own = Math.max(1, column - (this.addedColumns.get(low + 1) ?? 0));
    return { line: low + 1 + this.shift.lines, column: own + this.shift.columns };
  }
}
