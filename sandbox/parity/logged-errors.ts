/** Errors that an Alertmanager has logged, each once. */
export class LoggedErrors {
  private readonly texts = new Map<string, string>();

  /** @param side - how the Alertmanager notifies, for whoever reads the errors. */
  constructor(private readonly side: string) {}

  /** Errors so far, oldest first. */
  public get all(): string[] {
    return this.soFar().map((text) => `Alertmanager with ${this.side}: ${text}`);
  }

  /** Looks at a line of the log. Addresses are left out: they can contain what belongs into a secret. */
  public read(line: string): void {
    const error = /\blevel=error\b/i.test(line) ? /\berr=("(?:\\.|[^"\\])*"|\S+)/.exec(line)?.[1] : undefined;
    if (error !== undefined) {
      const text = unquoted(error).replace(/https?:\/\/[^\s"\\]+/g, '(URL)');
      // A notification that fails is retried with each flush, and the error counts the attempts.
      const key = text.replace(/\d+ attempts?/g, 'attempts');
      if (!this.texts.has(key)) {
        this.texts.set(key, text);
      }
    }
  }

  /**
   * Everything that has been logged so far. A notification that failed is not attempted once more when its alerts have ended, so an error of an
   * earlier step can be why one of a later step is missing.
   */
  public soFar(): string[] {
    return [...this.texts.values()];
  }
}

function unquoted(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text;
}
