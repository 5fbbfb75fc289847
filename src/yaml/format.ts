import type { FindingCode } from '../findings/codes';

/**
 * How a kind of file is read. Alertmanager reads with go-yaml v2 (YAML 1.1), Prometheus reads rules with go-yaml v3 (YAML 1.2, with
 * the old octal numbers). They differ in directives, escapes, nulls, merge keys, and in what a plain scalar means.
 */
export interface YamlFormat {
  readonly dialect: 'v2' | 'v3';
  /** Whether the reader stops behind the first document. What follows is reported with `codes.ignoredDocument`. */
  readonly firstDocumentOnly: boolean;
  /** Whether the file can contain secrets, so that messages about its syntax do not quote it. */
  readonly hasSecrets: boolean;
  /** The codes of findings are contracts and belong to the kind of file. */
  readonly codes: YamlCodes;
}

export interface YamlCodes {
  readonly syntax: FindingCode;
  readonly character: FindingCode;
  readonly alias: FindingCode;
  readonly wrongType: FindingCode;
  readonly duplicateKey: FindingCode;
  readonly ignoredDocument: FindingCode;
}
