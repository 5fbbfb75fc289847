import { messageOf } from './guards';

/** Where environment variables come from; `process.env` in Lambda. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The value of an environment variable that the function cannot work without.
 *
 * @throws Error that names the variable when it is missing or empty.
 */
export function requireEnv(environment: Environment, name: string): string {
  const value = environment[name];
  if (value === undefined || value === '') {
    throw new Error(`environment variable ${name} is missing or empty; it is set by the construct and must not be removed`);
  }
  return value;
}

/**
 * The value of an environment variable that holds JSON of a known shape.
 *
 * @throws Error that names the variable when it is missing, no JSON or of another shape.
 */
export function requireJsonEnv<T>(environment: Environment, name: string, shape: (value: unknown) => value is T, expected: string): T {
  const text = requireEnv(environment, name);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`environment variable ${name} is not valid JSON: ${messageOf(error)}`);
  }
  if (!shape(value)) throw new Error(`environment variable ${name} is not ${expected}`);
  return value;
}

/**
 * The value of an environment variable that holds a number greater than 0.
 *
 * @throws Error that names the variable when it is missing or no such number.
 */
export function requirePositiveNumberEnv(environment: Environment, name: string): number {
  const value = Number(requireEnv(environment, name));
  if (!(value > 0 && Number.isFinite(value))) throw new Error(`environment variable ${name} is not a number greater than 0`);
  return value;
}
