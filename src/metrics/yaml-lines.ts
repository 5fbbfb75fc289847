/** A text in double quotes, in YAML, JSON, and Alloy alike. A token stays a token: what replaces it is a URL, a name, or an ARN. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

/** A line `name: "value"` for each value that is given. */
export function entries(indent: string, values: { readonly [name: string]: string | undefined }): string[] {
  return Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [`${indent}${name}: ${quoted(value)}`]));
}
