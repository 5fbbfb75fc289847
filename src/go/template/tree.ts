/** A part of a template that does something when it is executed. Literal text and comments are not part of the tree. */
export type TreeNode =
  | { readonly kind: 'action'; readonly pipeline: Pipeline }
  | Branch
  | { readonly kind: 'template'; readonly name: string; readonly offset: number; readonly argument?: Pipeline };

/** `if`, `with`, and `range`; an `else if` is a branch of its own in `otherwise`. */
export interface Branch {
  readonly kind: 'if' | 'with' | 'range';
  readonly offset: number;
  readonly pipeline: Pipeline;
  readonly body: TreeNode[];
  readonly otherwise: TreeNode[];
}

/** `$x := .Labels.severity | toLower` */
export interface Pipeline {
  readonly offset: number;
  /** The variables that take the value. */
  readonly targets: readonly string[];
  /** Whether the variables are existing ones (`=`) or are declared here (`:=`). */
  readonly assigns: boolean;
  /** Each takes the value of the one before as its last argument. */
  readonly commands: ReadonlyArray<readonly Operand[]>;
}

/** A value, or the function or method that the values after it are arguments of. */
export interface Operand {
  readonly kind: 'dot' | 'field' | 'variable' | 'function' | 'pipeline' | 'string' | 'number' | 'boolean' | 'nil';
  readonly offset: number;
  /** Exclusive. */
  readonly end: number;
  /** Of a variable, a function, and a constant as it is written. */
  readonly text: string;
  /** Of a string: its value. */
  readonly value?: string;
  /** Of parentheses. */
  readonly pipeline?: Pipeline;
  /** The fields that are taken of it: `Labels` and `severity` of `.Labels.severity`. */
  readonly chain: readonly string[];
}
