import { joinValues, Value } from './values';

interface Variable {
  readonly name: string;
  value: Value;
}

/** The variables of a template, the innermost last. */
export class Scope {
  private readonly variables: Variable[];

  constructor(dollar: Value) {
    this.variables = [{ name: '$', value: dollar }];
  }

  /**
   * Runs branches of which one is executed: their variables are gone afterwards, and the value of a variable outside is one of those
   * that it has after each of them.
   */
  public alternatives(...branches: ReadonlyArray<() => void>): void {
    const before = this.variables.map(({ value }) => value);
    const results = branches.map((run) => {
      this.variables.forEach((variable, index) => {
        variable.value = before[index];
      });
      run();
      this.variables.length = before.length;
      return this.variables.map(({ value }) => value);
    });
    this.variables.forEach((variable, index) => {
      variable.value = results.map((values) => values[index]).reduce(joinValues);
    });
  }

  /** Runs what declares variables of its own. */
  public block(run: () => void): void {
    this.alternatives(run);
  }

  public declare(name: string, value: Value): void {
    this.variables.push({ name, value });
  }

  public assign(name: string, value: Value): void {
    const variable = this.find(name);
    if (variable) {
      variable.value = value;
    }
  }

  /** Forgets what is special about the values of variables that a loop assigns to: its second turn begins with others. */
  public loosen(names: Iterable<string>): void {
    for (const name of names) {
      const variable = this.find(name);
      if (variable) {
        variable.value = { type: variable.value.type };
      }
    }
  }

  public get(name: string): Value | undefined {
    return this.find(name)?.value;
  }

  private find(name: string): Variable | undefined {
    for (let index = this.variables.length - 1; index >= 0; index -= 1) {
      if (this.variables[index].name === name) {
        return this.variables[index];
      }
    }
    return undefined;
  }
}
