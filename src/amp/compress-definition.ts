import { createHash } from 'crypto';
import { gzipSync } from 'zlib';
import { IResolvable, Tokenization } from 'aws-cdk-lib';

/** A definition as the properties of a custom resource. */
export interface CompressedDefinition {
  /** UTF-8, gzip, Base64, with a placeholder for each token. */
  readonly data: string;
  /** The tokens by placeholder. */
  readonly values: { readonly [placeholder: string]: IResolvable };
  /** SHA-256 of the text with its placeholders, in hexadecimal digits. */
  readonly digest: string;
}

/** Compresses what is known at synthesis, and leaves to CloudFormation what only a deployment knows, such as the ARN of the topic. */
export function compressDefinition(definition: string): CompressedDefinition {
  const marker = unusedMarker(definition);
  const placeholders = new Map<IResolvable, string>();
  const placeholderOf = (token: IResolvable): string => {
    const placeholder = placeholders.get(token) ?? `${marker}${placeholders.size + 1}@@`;
    placeholders.set(token, placeholder);
    return placeholder;
  };
  const text = String(Tokenization.reverseString(definition)
    .mapTokens({ mapToken: placeholderOf })
    .join({ join: (left: unknown, right: unknown) => `${String(left ?? '')}${String(right ?? '')}` }));
  return {
    // The same text gives the same bytes: gzipSync writes no time.
    data: gzipSync(Buffer.from(text, 'utf8'), { level: 9 }).toString('base64'),
    values: Object.fromEntries([...placeholders].map(([token, placeholder]) => [placeholder, token])),
    digest: createHash('sha256').update(text, 'utf8').digest('hex'),
  };
}

/** What placeholders begin with: nothing that the user's text contains. */
function unusedMarker(definition: string): string {
  let marker = '@@VALUE';
  while (definition.includes(marker)) {
    marker += '_';
  }
  return marker;
}
