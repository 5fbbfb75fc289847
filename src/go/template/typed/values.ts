import type { Fact } from './facts';
import { ANY, GoType, joinTypes } from './types';

/** What is known of a value before the template is executed. */
export interface Value {
  readonly type: GoType;
  /** The value itself, of what is written in the template. */
  readonly constant?: string | number | boolean;
  /** Where the value comes from, such as `$.Alerts.Firing`: values with the same path are the same. */
  readonly path?: string;
  /** Of a number: the path of the list that it is the length of. */
  readonly lengthOf?: string;
  /** Of a list: how many entries it has at least, whatever the data is. */
  readonly minLength?: number;
  /** The type where the value counts as true, if more is known of it then. */
  readonly truthy?: GoType;
  /** What is true where the value is not empty, and where it is. */
  readonly whenTrue?: readonly Fact[];
  readonly whenFalse?: readonly Fact[];
}

/** The value of a variable that is one of two. */
export function joinValues(one: Value, other: Value): Value {
  if (one === other) {
    return one;
  }
  const type = joinTypes(one.type, other.type);
  return one.path !== undefined && one.path === other.path ? { type, path: one.path } : { type };
}

/**
 * Whether the value counts as true in a condition, where it always does or never does.
 */
export function truthOf({ type, constant, minLength }: Value): boolean | undefined {
  if (constant !== undefined) {
    return Boolean(constant);
  }
  if (type.kind === 'nil') {
    return false;
  }
  return type.kind === 'struct' || (minLength ?? 0) > 0 ? true : undefined;
}

/** Nothing is known of it. */
export const UNKNOWN: Value = { type: ANY };

/** For messages. */
export function countArguments(count: number): string {
  return count === 0 ? 'no arguments' : count === 1 ? '1 argument' : `${count} arguments`;
}
