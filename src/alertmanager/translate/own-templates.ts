import { printQuoted } from '../../go/quote';
import type { TemplateFile } from '../model';

/** The base name of the file, and the start of the names of the templates in it. */
const NAME = 'cdk-amp-pagerduty';

/**
 * The templates that the construct adds to the definition, in one file. Receivers and their copies call them, so that a message
 * is written once, however many routes lead to its receiver; and AMP parses it when the definition is uploaded, not when
 * somebody must be notified.
 */
export class OwnTemplates {
  private readonly prefix: string;
  private readonly bodies = new Map<string, string>();

  /** @param userTexts every text that can define templates: files and fields. */
  constructor(private readonly userFiles: readonly TemplateFile[], userTexts: readonly string[]) {
    const texts = [...userFiles.map(({ text }) => text), ...userTexts].filter((text) => text.includes(NAME));
    this.prefix = firstFree((candidate) => texts.some((text) => text.includes(`${candidate}.`)));
  }

  /**
   * Defines a template, unless one of this name is defined already.
   *
   * @returns the action that prints it.
   */
  public define(name: string, body: () => string): string {
    const full = this.nameOf(name);
    if (!this.bodies.has(full)) {
      this.bodies.set(full, body());
    }
    return `{{ template ${printQuoted(full)} . }}`;
  }

  /** The whole name of a template, which no template of the user has. */
  public nameOf(name: string): string {
    return `${this.prefix}.${name}`;
  }

  /** Adds a template by its whole name, unless there is one: templates that call each other name themselves. */
  public add(wholeName: string, body: string): void {
    if (!this.bodies.has(wholeName)) {
      this.bodies.set(wholeName, body);
    }
  }

  /** The file; undefined if nothing is defined. */
  public file(): TemplateFile | undefined {
    if (this.bodies.size === 0) {
      return undefined;
    }
    const taken = new Set(this.userFiles.map(({ name }) => name));
    const name = `${firstFree((candidate) => taken.has(`${candidate}.tmpl`))}.tmpl`;
    const text = [...this.bodies].map(([full, body]) => `{{ define ${printQuoted(full)} }}${body}{{ end }}\n`).join('\n');
    return { name, path: name, text };
  }
}

function firstFree(isTaken: (candidate: string) => boolean): string {
  let candidate = NAME;
  for (let number = 2; isTaken(candidate); number += 1) {
    candidate = `${NAME}-${number}`;
  }
  return candidate;
}
