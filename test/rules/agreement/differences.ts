import { Finding, FindingSeverity } from '../../../src/findings/finding';

/** A rule file on which the library and promtool do not agree. */
export interface Disagreement {
  readonly findings: readonly Finding[];
  /** Why promtool refuses it; absent if it accepts it. */
  readonly refusal: string | undefined;
}

/** A reason for disagreement that docs/agreement-rules.md explains under this name. */
interface NamedDifference {
  readonly name: string;
  explains(disagreement: Disagreement): boolean;
}

const errors = ({ findings }: Disagreement): readonly Finding[] => findings.filter((finding) => finding.severity === FindingSeverity.ERROR);

/** Whether promtool accepts, and every error of ours is of one kind. */
function onlyOurs(disagreement: Disagreement, kind: (finding: Finding) => boolean): boolean {
  return disagreement.refusal === undefined && errors(disagreement).every(kind);
}

export const NAMED_DIFFERENCES: readonly NamedDifference[] = [
  {
    name: 'later PromQL',
    explains: ({ findings, refusal }) => refusal !== undefined && findings.some((finding) => finding.code === 'promql-version'),
  },
  {
    name: 'later group fields',
    explains: ({ refusal }) => /^.*: yaml: unmarshal errors:\n {2}line \d+: field (?:labels|query_offset) not found in type rulefmt\.RuleGroup$/m.test(refusal ?? '')
      && refusal?.match(/not found in type/g)?.length === refusal?.match(/field (?:labels|query_offset) not found in type rulefmt\.RuleGroup$/gm)?.length,
  },
  {
    name: 'colon in a flow mapping',
    explains: ({ refusal }) => refusal?.includes('did not find expected node content') ?? false,
  },
  {
    name: 'lone exclamation mark',
    explains: ({ refusal }) => refusal?.includes("did not find expected ',' or '}'") ?? false,
  },
  {
    name: 'after the first document',
    explains: (disagreement) => onlyOurs(disagreement, ({ code, message }) => code === 'rule-file-extra-documents'
      || (code === 'rule-file-invalid-yaml' && /at node end|in YAML stream/.test(message))),
  },
  {
    name: 'empty file',
    explains: (disagreement) => onlyOurs(disagreement, ({ code }) => code === 'rule-file-empty'),
  },
  {
    name: 'comment without a space',
    explains: (disagreement) => onlyOurs(disagreement, ({ code, message }) => code === 'rule-file-invalid-yaml' && message.includes('comments must be separated')),
  },
  {
    name: 'colon in an anchor',
    explains: (disagreement) => onlyOurs(disagreement, ({ code, message }) => code === 'rule-file-invalid-yaml'
      && /all mapping items must start at the same column|implicit keys/.test(message)),
  },
  {
    name: 'tab on an empty line',
    explains: ({ refusal }) => refusal?.includes('found character that cannot start any token') ?? false,
  },
  {
    name: 'value that is not text',
    explains: (disagreement) => onlyOurs(disagreement, ({ code, path }) => (code === 'rule-wrong-type' && /\.(?:alert|record|expr)$/.test(path ?? ''))
      || code === 'rule-missing-field'),
  },
  {
    name: 'metric named like an operator',
    explains: (disagreement) => onlyOurs(disagreement, ({ code, message }) => code === 'promql-syntax' && message === 'unexpected "offset"'),
  },
];
