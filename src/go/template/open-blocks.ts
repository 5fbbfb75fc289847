import type { PipelineParser } from './pipeline-parser';
import type { TreeNode } from './tree';
import type { Variables } from './variables';

/** What `{{end}}` closes. */
export interface OpenBlock {
  readonly keyword: 'if' | 'range' | 'with' | 'define' | 'block';
  readonly offset: number;
  /** Of `define` and `block`. */
  readonly name: string;
  /** Where the variables of the block begin on the stack, and where those of its present branch do. */
  readonly outerVariables: number;
  branchVariables: number;
  hasElse: boolean;
  /** The template that the block stands in. */
  readonly within: Template;
  /** Where the nodes behind the block belong. */
  readonly outerNodes: TreeNode[];
  /** Where the nodes behind its {{else}} belong. */
  otherwise: TreeNode[];
}

/** The template whose body is being read: the text itself, or a definition in it. */
export interface Template {
  /** Of a definition. */
  readonly name?: string;
  empty: boolean;
  /** How many ranges are open, so that `break` has something to leave. */
  ranges: number;
  /** How many branches are open in which `.` is another value than outside. */
  rebindings: number;
  readonly pipelines: PipelineParser;
  readonly variables: Variables;
  /** Where the next node belongs. */
  nodes: TreeNode[];
}
