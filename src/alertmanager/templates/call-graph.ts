import { BUILT_IN_CALLS, BUILT_IN_TEMPLATES, PAGERDUTY_TEMPLATES } from './built-in-templates';
import type { ParsedTemplate } from '../../go/template/parsed-template';

/** A template file that was parsed. */
export interface ParsedFile {
  /** Its base name, which is the name of the template that the file as a whole is. */
  readonly name: string;
  readonly parsed: ParsedTemplate;
}

/** The definition of a name in a file. */
interface Body {
  readonly file: ParsedFile;
  readonly name: string;
  readonly empty: boolean;
}

/** Which templates exist besides those of a field, and which of them the fields lead to. */
export class CallGraph {
  /** The file whose definition of a name counts. */
  private readonly winners = new Map<string, ParsedFile>();
  private readonly reached = new Set<string>();

  /** @param files in loading order; @param fields of all entries that are translated */
  constructor(files: readonly ParsedFile[], fields: readonly ParsedTemplate[]) {
    for (const { file, name, empty } of files.flatMap(bodiesOf)) {
      // Go never lets an empty definition replace another one.
      if (!empty || !this.winners.has(name)) {
        this.winners.set(name, file);
      }
    }
    this.follow([...PAGERDUTY_TEMPLATES, ...fields.flatMap((field) => field.calls.map((call) => call.name))], callsByDefinition(files));
  }

  public isDefined(name: string): boolean {
    return this.winners.has(name) || BUILT_IN_TEMPLATES.has(name);
  }

  public names(): string[] {
    return [...this.winners.keys(), ...BUILT_IN_TEMPLATES];
  }

  /** Whether executing the fields can come to a template of this name. */
  public leadsTo(name: string): boolean {
    return this.reached.has(name);
  }

  /** Whether executing the fields can come to this place of a template file. */
  public isReached(fileName: string, place: { readonly within?: string }): boolean {
    const name = place.within ?? fileName;
    return this.reached.has(name) && this.winners.get(name)?.name === fileName;
  }

  private follow(names: readonly string[], calls: ReadonlyMap<ParsedFile, ReadonlyMap<string, readonly string[]>>): void {
    const waiting = [...names];
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      if (!this.reached.has(name)) {
        this.reached.add(name);
        const file = this.winners.get(name);
        for (const called of (file ? calls.get(file)?.get(name) : BUILT_IN_CALLS.get(name)) ?? []) {
          waiting.push(called);
        }
      }
    }
  }
}

function bodiesOf(file: ParsedFile): Body[] {
  return [
    ...file.parsed.definitions.map(({ name, empty }) => ({ file, name, empty })),
    { file, name: file.name, empty: file.parsed.empty },
  ];
}

/** The names that each definition of each file calls. */
function callsByDefinition(files: readonly ParsedFile[]): Map<ParsedFile, Map<string, string[]>> {
  return new Map(files.map((file) => {
    const calls = new Map<string, string[]>();
    for (const { name, within } of file.parsed.calls) {
      const caller = within ?? file.name;
      const called = calls.get(caller) ?? [];
      called.push(name);
      calls.set(caller, called);
    }
    return [file, calls];
  }));
}
