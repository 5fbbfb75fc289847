import type { Resource } from './synthesized';

/** A path of dependencies from a resource to itself. */
export function circleIn(resources: Record<string, Resource>): string[] | undefined {
  const finished = new Set<string>();
  const visit = (id: string, path: string[]): string[] | undefined => {
    if (path.includes(id)) {
      return [...path.slice(path.indexOf(id)), id];
    }
    if (finished.has(id)) {
      return undefined;
    }
    for (const dependency of dependenciesOf(resources[id]).filter((other) => other in resources)) {
      const circle = visit(dependency, [...path, id]);
      if (circle) {
        return circle;
      }
    }
    finished.add(id);
    return undefined;
  };
  return Object.keys(resources).map((id) => visit(id, [])).find((circle) => circle !== undefined);
}

/** What a resource waits for, by references and `DependsOn`. */
export function dependenciesOf({ Properties: properties, DependsOn: dependsOn = [] }: Resource): string[] {
  const text = JSON.stringify(properties ?? {});
  return [
    ...[dependsOn].flat(),
    ...[...text.matchAll(/\{"Ref":"([^"]+)"\}/g)].map((match) => match[1]),
    ...[...text.matchAll(/\{"Fn::GetAtt":\["([^"]+)"/g)].map((match) => match[1]),
    ...[...text.matchAll(/\$\{([A-Za-z0-9]+)(?:\.[A-Za-z.]+)?\}/g)].map((match) => match[1]),
  ];
}

/** Everything that exists before CloudFormation creates or updates a resource. */
export function createdBefore(id: string, resources: Record<string, Resource>): Set<string> {
  const found = new Set<string>();
  const visit = (current: string) => dependenciesOf(resources[current])
    .filter((other) => other in resources && !found.has(other))
    .forEach((other) => {
      found.add(other);
      visit(other);
    });
  visit(id);
  return found;
}
