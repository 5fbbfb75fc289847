import type { ConfigPath } from '../model';

/** A path that grows at its end without copying. */
export interface PathLink {
  readonly parent?: PathLink;
  readonly key: string | number;
}

export function toPath(link: PathLink | undefined): ConfigPath {
  const path: Array<string | number> = [];
  for (let at = link; at !== undefined; at = at.parent) {
    path.push(at.key);
  }
  return path.reverse();
}

/** `receivers[2].pagerduty_configs[0].url`; keys that are no plain words are quoted, as in `details["my key"]`. */
export function formatPath(path: ConfigPath): string {
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
