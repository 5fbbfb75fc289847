/** DynamoDB's JSON of a value: `{"N": "1"}`. */
export type AttributeValue = Readonly<Record<string, unknown>>;
export type Item = Readonly<Record<string, AttributeValue>>;

export interface ExpressionContext {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Readonly<Record<string, AttributeValue>>;
}

export interface Update {
  readonly sets: Item;
  /** Strings to add to sets of strings. */
  readonly adds: ReadonlyMap<string, readonly string[]>;
  readonly removes: readonly string[];
}

/** `SET #a = :a, #b = :b ADD #c :c REMOVE #d`, of which each part can be absent. Anything else is an error. */
export function parseUpdate(expression: string, context: ExpressionContext): Update {
  const match = /^\s*(?:SET\s+(.*?))?\s*(?:ADD\s+(.*?))?\s*(?:REMOVE\s+(.*?))?\s*$/is.exec(expression);
  if (!match || (match[1] ?? match[2] ?? match[3]) === undefined) {
    throw new Error(`the simulation does not understand the update expression "${expression}"`);
  }
  const pairs = (clause: string | undefined, separator: RegExp): Array<readonly [string, AttributeValue]> => partsOf(clause).map((part) => {
    const [name = '', value = '', ...rest] = part.split(separator);
    if (rest.length > 0) {
      throw new Error(`the simulation does not understand "${part}"`);
    }
    return [nameOf(name, context), valueOf(value, context)] as const;
  });
  return {
    sets: Object.fromEntries(pairs(match[1], /\s*=\s*/)),
    adds: new Map(pairs(match[2], /\s+/).map(([name, value]) => [name, stringsOf(value)])),
    removes: partsOf(match[3]).map((name) => nameOf(name, context)),
  };
}

function partsOf(clause: string | undefined): string[] {
  return (clause ?? '').split(',').map((part) => part.trim()).filter((part) => part !== '');
}

/** The strings of a set. */
export function stringsOf(value: AttributeValue): readonly string[] {
  if (!Array.isArray(value.SS)) {
    throw new Error(`the simulation adds to sets of strings only, not ${JSON.stringify(value)}`);
  }
  return value.SS as string[];
}

/** Comparisons of numbers, `attribute_exists`, and `attribute_not_exists`, joined with `OR` and `AND`, without parentheses. */
export function evaluateCondition(expression: string, item: Item, context: ExpressionContext): boolean {
  return expression.split(/\s+OR\s+/i).some((alternative) => (
    alternative.split(/\s+AND\s+/i).every((term) => evaluateTerm(term.trim(), item, context))
  ));
}

function evaluateTerm(term: string, item: Item, context: ExpressionContext): boolean {
  const existence = /^attribute_(not_)?exists\s*\(\s*([^)\s]+)\s*\)$/i.exec(term);
  if (existence) {
    return (item[nameOf(existence[2] ?? '', context)] !== undefined) === (existence[1] === undefined);
  }
  const comparison = /^(\S+)\s*(<>|<=|>=|=|<|>)\s*(\S+)$/.exec(term);
  if (!comparison) {
    throw new Error(`the simulation does not understand the condition "${term}"`);
  }
  const left = item[nameOf(comparison[1] ?? '', context)];
  const right = numberOf(valueOf(comparison[3] ?? '', context));
  if (left === undefined) {
    return comparison[2] === '<>';
  }
  return compare(numberOf(left), comparison[2] ?? '', right);
}

function compare(left: number, operator: string, right: number): boolean {
  switch (operator) {
    case '<': return left < right;
    case '<=': return left <= right;
    case '>': return left > right;
    case '>=': return left >= right;
    case '<>': return left !== right;
    default: return left === right;
  }
}

function numberOf(value: AttributeValue): number {
  if (typeof value.N !== 'string') {
    throw new Error(`the simulation compares numbers only, not ${JSON.stringify(value)}`);
  }
  return Number(value.N);
}

function nameOf(name: string, { ExpressionAttributeNames }: ExpressionContext): string {
  const resolved = name.startsWith('#') ? ExpressionAttributeNames?.[name] : name;
  if (resolved === undefined || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(resolved)) {
    throw new Error(`the simulation does not understand the attribute "${name}"`);
  }
  return resolved;
}

function valueOf(name: string, { ExpressionAttributeValues }: ExpressionContext): AttributeValue {
  const value = ExpressionAttributeValues?.[name];
  if (value === undefined) {
    throw new Error(`the simulation does not know the value "${name}"`);
  }
  return value;
}
