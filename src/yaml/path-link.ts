import type { FindingPath } from '../findings/path';

/** A path that grows at its end without copying. */
export interface PathLink {
  readonly parent?: PathLink;
  readonly key: string | number;
}

export function toPath(link: PathLink | undefined): FindingPath {
  const path: Array<string | number> = [];
  for (let at = link; at !== undefined; at = at.parent) {
    path.push(at.key);
  }
  return path.reverse();
}
