import type { TemplateSyntaxError } from './tokens';
import type { TreeNode } from './tree';

/** A name that a template uses, and where. Offsets count UTF-16 code units from the beginning of the text. */
export interface NamedPlace {
  readonly name: string;
  readonly offset: number;
  /** The name of the innermost definition that it stands in, if it stands in one. */
  readonly within?: string;
}

/** A template that a text defines. */
export interface TemplateDefinition {
  readonly name: string;
  readonly offset: number;
  /** Exclusive: behind its `{{end}}`. */
  readonly end: number;
  readonly keyword: 'define' | 'block';
  /** Whether it has nothing but white space and comments: such a definition never replaces another. */
  readonly empty: boolean;
}

/** A chain of fields, such as `.Labels.severity`, and what it begins at. */
export interface FieldUse {
  /** `.` for the current value, `$` or `$name` for a variable, `value` for the result of a function or of parentheses. */
  readonly of: string;
  readonly chain: readonly string[];
  readonly offset: number;
  /** Whether it begins at the data that the text as a whole is executed with. */
  readonly ofRoot: boolean;
  /** Whether it stands inside of a block, so that it might never be executed. */
  readonly conditional: boolean;
  /** The name of the innermost definition that it stands in, if it stands in one. */
  readonly within?: string;
}

/** What a template text does. After a syntax error: what it does up to there. */
export interface ParsedTemplate {
  /** Why Go would refuse the text; absent if it would not. */
  readonly error?: TemplateSyntaxError;
  /** Whether it has nothing but white space, comments and definitions. */
  readonly empty: boolean;
  /** Every `{{template "…"}}` and `{{block "…"}}`. */
  readonly calls: readonly NamedPlace[];
  readonly definitions: readonly TemplateDefinition[];
  /** Every function that is called, known or not: which ones exist, `functions.ts` says. */
  readonly functions: readonly NamedPlace[];
  readonly fields: readonly FieldUse[];
  /**
   * Variables that Go's parser lets pass although executing the template always fails there: assigned but never declared,
   * or declared in another branch only.
   */
  readonly unboundVariables: readonly NamedPlace[];
  /** What Go's parser knows only since a recent version: `{{else with}}`, of Go 1.23. */
  readonly recentSyntax: readonly NamedPlace[];
  /** What executing the text does, its definitions aside. Complete only if there is no error. */
  readonly tree: readonly TreeNode[];
  /** The same for each definition by its name. */
  readonly definitionTrees: ReadonlyMap<string, readonly TreeNode[]>;
}
