/** A path into a configuration: names of fields and indexes of lists. */
export type FindingPath = ReadonlyArray<string | number>;

/** `receivers[2].pagerduty_configs[0].url`; keys that are not plain words are quoted, as in `details["my key"]`. */
export function formatPath(path: FindingPath): string {
  let result = '';
  for (const key of path) {
    if (typeof key === 'number') {
      result += `[${key}]`;
    } else if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(key)) {
      result += result === '' ? key : `.${key}`;
    } else {
      result += `[${JSON.stringify(key)}]`;
    }
  }
  return result;
}
