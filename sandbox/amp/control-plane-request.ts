import model from './control-plane-model.json';
import { checkShape, type Shape, type ShapeViolation } from './shape';

type Operation = keyof typeof model.operations;

/** A request to AMP's control plane, read as the published model says. */
interface ControlPlaneRequest {
  readonly operation: Operation;
  readonly input: { readonly workspaceId: string; readonly data?: string; readonly clientToken?: string };
  /** Members that are missing, unknown, or do not follow their shapes. */
  readonly violations: readonly ShapeViolation[];
}

/** Reads a request from path, query, and body. `undefined` if it is none of the operations. */
export function readRequest(method: string | undefined, url: URL, body: string): ControlPlaneRequest | undefined {
  const operation = (Object.keys(model.operations) as Operation[]).find((name) => model.operations[name].method === method);
  const path = operation && matchPath(model.operations[operation].uri, url.pathname);
  if (operation === undefined || !path) {
    return undefined;
  }
  const shape: Shape = model.operations[operation].input;
  const content = parseBody(body);
  const input = { ...(isObject(content) ? content : {}), ...path, ...Object.fromEntries(url.searchParams) };
  return {
    operation,
    input: input as ControlPlaneRequest['input'],
    violations: [
      ...isObject(content) ? [] : [{ name: 'body', message: 'is not a JSON object' }],
      ...checkPlaces(shape, { body: isObject(content) ? Object.keys(content) : [], querystring: [...url.searchParams.keys()] }),
      ...checkShape(input, shape),
    ],
  };
}

/** The members of the path, by name. */
function matchPath(template: string, pathname: string): Record<string, string> | undefined {
  const pattern = template.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  const groups = new RegExp(`^${pattern}$`).exec(pathname)?.groups;
  return groups && Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]));
}

function checkPlaces({ members = {} }: Shape, found: { readonly [place in 'body' | 'querystring']: readonly string[] }): ShapeViolation[] {
  return Object.entries(found).flatMap(([place, names]) => names
    .filter((name) => Object.hasOwn(members, name) && (members[name].location ?? 'body') !== place)
    .map((name) => ({ name, message: `belongs into the ${members[name].location ?? 'body'}, not into the ${place}` })));
}

/** Operations without members in the body have an empty one. */
function parseBody(body: string): unknown {
  try {
    return body === '' ? {} : JSON.parse(body);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
