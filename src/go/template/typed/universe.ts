import type { Fact, Implications } from './facts';
import type { GoType, Signature } from './types';
import type { Value } from './values';
import type { TreeNode } from '../tree';

/** A function of templates beside Go's own. */
export interface TemplateFunction extends Signature {
  /** What is wrong with the arguments beyond their types; only called if these are right. */
  readonly check?: (args: readonly Value[]) => Pick<TypeProblem, 'kind' | 'message' | 'fix'> | undefined;
  /** The value, where more is known than its type. */
  readonly evaluate?: (args: readonly Value[]) => Partial<Value>;
}

/** What templates are executed with: the data, the functions, and the templates that can be called. */
export interface Universe {
  readonly functions: ReadonlyMap<string, TemplateFunction>;
  /** What is always true of the data. */
  readonly facts: readonly Fact[];
  readonly implications: Implications;
  /** A value, given its path, with what it says about the data where it is compared with a text. */
  comparison?(path: string, text: string): { readonly whenTrue: readonly Fact[]; readonly whenFalse: readonly Fact[] } | undefined;
  /** What to write instead of a field that does not exist. `dollar` is the type of `$`. */
  fixField(type: GoType, chain: readonly string[], dollar: GoType, expression: string): string;
  /** A template that is called; undefined where it is not known, which is reported elsewhere. */
  template(name: string): CalledTemplate | undefined;
}

/** The body of a template. */
export interface CalledTemplate {
  readonly tree: readonly TreeNode[];
  /** Identifies the text that offsets count in; undefined for a template that the user did not write: problems are reported at the call. */
  readonly source?: string;
  /** What such a template needs as data, for messages. */
  readonly needs?: string;
}

/** Why executing a template fails. */
export interface TypeProblem {
  readonly kind:
    /** A field or method that the type does not have. */
    | 'field'
    /** An argument or operand of another type than is needed. */
    | 'type'
    /** Too few or too many arguments, or arguments of what is not a function. */
    | 'arguments'
    /** A constant that can never work, such as an invalid regular expression. */
    | 'constant'
    /** Fails for some notifications only: a warning. */
    | 'data';
  readonly offset: number;
  readonly message: string;
  readonly fix: string;
  /** The text that the offset counts in, as `CalledTemplate` names it; undefined for the text that is checked. */
  readonly source?: string;
}
