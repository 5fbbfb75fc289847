import { createHash } from 'node:crypto';
import { basename, extname } from 'node:path';
import { Token } from 'aws-cdk-lib';

/** CloudFormation's limit; the API would take twice as many. */
export const MAX_NAMESPACE_CHARACTERS = 64;

/** The name of a namespace for a file: its base name without extension, made valid. */
export function namespaceOfFile(path: string): string {
  return validNamespace(basename(path, extname(path)));
}

/** The nearest name that AMP and every dashboard take: letters, digits, `-`, `_` and `.`; long ones keep apart by a hash. */
export function validNamespace(text: string): string {
  const cleaned = text.replace(/[^0-9A-Za-z._-]+/g, '-').replace(/^[^0-9A-Za-z]+|[^0-9A-Za-z]+$/g, '') || 'rules';
  if (cleaned.length <= MAX_NAMESPACE_CHARACTERS) {
    return cleaned;
  }
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 8);
  return `${cleaned.slice(0, MAX_NAMESPACE_CHARACTERS - hash.length - 1)}-${hash}`;
}

/** Whether CloudFormation accepts the name. One that is known only when it deploys is left to it. */
export function isNamespace(name: string): boolean {
  return Token.isUnresolved(name)
    || (name.length >= 1 && name.length <= MAX_NAMESPACE_CHARACTERS && /^[^\x00-\x1f\x7f]*$/.test(name) && /[0-9A-Za-z]/.test(name));
}
