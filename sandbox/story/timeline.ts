/** Prints what happens, each line with the seconds since the start. */
export class Timeline {
  private readonly started = Date.now();

  constructor(private readonly print: (line: string) => void = (line) => console.log(line)) {}

  /** Seconds since the start. */
  public get seconds(): number {
    return (Date.now() - this.started) / 1000;
  }

  public say(text: string): void {
    const [first = '', ...others] = text.split('\n');
    this.print(`${this.seconds.toFixed(1).padStart(7)} s  ${first}`);
    others.forEach((line) => this.print(`${' '.repeat(11)}${line}`));
  }

  /** A line that is not part of the timeline. */
  public note(text = ''): void {
    this.print(text);
  }
}
