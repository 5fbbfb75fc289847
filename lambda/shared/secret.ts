import type { AwsClient } from './aws/aws-client';
import { AwsError } from './aws/aws-error';
import { isArray, isRecord, textOf } from './guards';

/** What stands in the secret. */
export type SecretContent =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'keys'; readonly keys: ReadonlyMap<string, unknown> }
  | { readonly kind: 'unusable'; readonly code: SecretProblem; readonly reason: string };

/** Every state of the secret in which no key can be had from it. */
export const SecretProblem = {
  /** It was created and never filled. */
  NO_VALUE: 'secret-without-value',
  /** Its value is empty. */
  EMPTY: 'secret-empty',
  /** It starts like a JSON object and is none. */
  INVALID_JSON: 'secret-invalid-json',
  /** It is JSON, but not an object. */
  WRONG_TYPE: 'secret-wrong-type',
  /** Its value is binary. */
  BINARY: 'secret-binary',
  /** It is marked for deletion. */
  DELETED: 'secret-deleted',
  /** The function is not allowed to read or decrypt it. */
  ACCESS_DENIED: 'secret-access-denied',
} as const;
export type SecretProblem = (typeof SecretProblem)[keyof typeof SecretProblem];

/** One version of the secret. */
export interface SecretVersion {
  readonly content: SecretContent;
  /** When it was written, in milliseconds since 1970. */
  readonly createdAt?: number;
}

/** Reads the current or the previous version of the secret. Rejects when Secrets Manager cannot be reached. */
export type ReadSecret = (stage: SecretStage) => Promise<SecretVersion>;
export type SecretStage = 'AWSCURRENT' | 'AWSPREVIOUS';

export function secretReader(client: AwsClient, secretArn: string): ReadSecret {
  return async (stage) => {
    try {
      const { SecretString: text, SecretBinary: binary, CreatedDate: seconds } = await client.call('GetSecretValue', {
        SecretId: secretArn, ...(stage !== 'AWSCURRENT' && { VersionStage: stage }),
      });
      const content = text === undefined && binary !== undefined
        ? unusable(SecretProblem.BINARY, 'the secret is binary: put the routing keys into it as text')
        : parseSecret(textOf(text) ?? '');
      return { content, ...(typeof seconds === 'number' && { createdAt: seconds * 1000 }) };
    } catch (error) {
      const problem = error instanceof AwsError ? PROBLEMS.get(error.code) : undefined;
      if (problem === undefined) throw error;
      return { content: problem };
    }
  };
}

/** Errors of Secrets Manager that an operator must fix; all others are outages. */
const PROBLEMS: ReadonlyMap<string, SecretContent> = new Map([
  ['ResourceNotFoundException', unusable(SecretProblem.NO_VALUE, 'the secret has no value yet: put the routing keys into it')],
  ['InvalidRequestException', unusable(SecretProblem.DELETED, 'the secret is marked for deletion: restore it, or give the function another one')],
  ['AccessDeniedException', unusable(SecretProblem.ACCESS_DENIED, 'the function is not allowed to read the secret')],
  ['DecryptionFailure', unusable(SecretProblem.ACCESS_DENIED, 'the function is not allowed to use the KMS key of the secret')],
]);

/** The text of a secret: a bare key, or a JSON object from names to keys. */
export function parseSecret(secret: string): SecretContent {
  const text = secret.trim();
  if (text === '') return unusable(SecretProblem.EMPTY, 'the secret is empty: put the routing keys into it');
  // A key never starts like this, and can be all digits: JSON does not decide what it is.
  if (!/^[{["]/.test(text)) return { kind: 'key', key: text };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return unusable(SecretProblem.INVALID_JSON, 'the secret starts like JSON and is not valid JSON');
  }
  if (isRecord(value)) return { kind: 'keys', keys: new Map(Object.entries(value)) };
  if (typeof value === 'string' && value.trim() !== '') return { kind: 'key', key: value.trim() };
  const found = isArray(value) ? 'a list' : 'an empty text';
  return unusable(SecretProblem.WRONG_TYPE, `the secret is ${found}, not a routing key or a JSON object from names to routing keys`);
}

/** Every routing key in a version. */
export function keysIn(content: SecretContent): string[] {
  if (content.kind === 'unusable') return [];
  const values = content.kind === 'key' ? [content.key] : Array.from(content.keys.values());
  return values.filter((value): value is string => typeof value === 'string').map((value) => value.trim()).filter((value) => value !== '');
}

function unusable(code: SecretProblem, reason: string): SecretContent {
  return { kind: 'unusable', code, reason };
}
