import type { FindingCode } from '../../../findings/codes';
import type { StructValue } from '../decoded';

/** What is wrong with a value. It is reported with the position of the value. */
export interface Diagnostic {
  readonly code: FindingCode;
  readonly message: string;
  readonly fix?: string;
}

/** Looks at the text of a scalar; nothing to say when it is right. */
export type TextCheck = (text: string) => Diagnostic | undefined;

/** Reports a problem of the struct as a whole, or of one of its fields. */
export type Report = (problem: Diagnostic, field?: string) => void;

/** Looks at a struct after its fields were read. */
export type StructCheck = (fields: StructValue, report: Report) => void;

/** A string field. Alertmanager takes any scalar there, as it is written. */
export interface TextSchema {
  readonly kind: 'text';
  readonly check?: TextCheck;
  /** `absent` where Alertmanager keeps a pointer or decodes the value itself: null is then as if the field was not there. */
  readonly whenNull: 'empty' | 'absent';
  /** What can be there instead of a text: AMP's own form of a routing key. */
  readonly orStruct?: StructSchema;
}

export interface BoolSchema {
  readonly kind: 'bool';
  /** False where Alertmanager distinguishes "not said" from false. */
  readonly nullIsFalse: boolean;
}

export interface NumberSchema {
  readonly kind: 'uint';
}

/** Go's own durations (`1h30m`, `1.5s`); a plain number counts nanoseconds. Not the durations of the route. */
export interface GoDurationSchema {
  readonly kind: 'go-duration';
}

/** Whatever YAML can say. */
export interface AnySchema {
  readonly kind: 'any';
}

/** Content that never reaches AMP and is not read. Decoded to true when there is something, even an empty mapping. */
export interface OpaqueSchema {
  readonly kind: 'opaque';
}

export interface ListSchema {
  readonly kind: 'list';
  readonly of: Schema;
  /** Alertmanager fails on an empty entry (`- `) where it would need to follow it; elsewhere it is the zero value. */
  readonly nullItems: 'refused' | 'zero';
  /** Whether a second list, brought by a merge key, is added to the first instead of replacing it. */
  readonly appendOnMerge: boolean;
}

export interface MapSchema {
  readonly kind: 'map';
  readonly of: Schema;
  readonly key?: TextCheck;
  readonly nullValues: 'refused' | 'zero';
}

export interface StructSchema {
  readonly kind: 'struct';
  /** What it is called in messages. */
  readonly name: string;
  readonly fields: { readonly [name: string]: Schema };
  /** The schema of a field that is not among `fields`; undefined where the field is an error. */
  readonly otherFields?: (name: string) => Schema | undefined;
  /** Each of them must be there and not empty. */
  readonly required?: readonly string[];
  /** Of each group, at least one must be there and not empty. */
  readonly anyOf?: ReadonlyArray<readonly string[]>;
  /** Of each group, no two can be there. */
  readonly atMostOne?: ReadonlyArray<readonly string[]>;
  readonly check?: StructCheck;
  /** Whether Alertmanager resets it before it reads it again, as a merge key (`<<`) makes it do. */
  readonly replaceOnMerge: boolean;
}

export type Schema = TextSchema | BoolSchema | NumberSchema | GoDurationSchema | AnySchema | OpaqueSchema | ListSchema | MapSchema | StructSchema;

export function text(check?: TextCheck): TextSchema {
  return { kind: 'text', check, whenNull: 'empty' };
}

/** A text that is as if absent when it is null, and checked otherwise. */
export function optionalText(check?: TextCheck): TextSchema {
  return { kind: 'text', check, whenNull: 'absent' };
}

export function bool(): BoolSchema {
  return { kind: 'bool', nullIsFalse: true };
}

export function optionalBool(): BoolSchema {
  return { kind: 'bool', nullIsFalse: false };
}

export function uint(): NumberSchema {
  return { kind: 'uint' };
}

export function goDuration(): GoDurationSchema {
  return { kind: 'go-duration' };
}

export function anything(): AnySchema {
  return { kind: 'any' };
}

export function opaque(): OpaqueSchema {
  return { kind: 'opaque' };
}

export function listOf(of: Schema): ListSchema {
  return { kind: 'list', of, nullItems: 'zero', appendOnMerge: false };
}

/** A list of which no entry can be empty. */
export function listOfNonNull(of: Schema): ListSchema {
  return { kind: 'list', of, nullItems: 'refused', appendOnMerge: false };
}

export function mapOf(of: Schema, key?: TextCheck): MapSchema {
  return { kind: 'map', of, key, nullValues: 'zero' };
}

export type StructOptions = Partial<Omit<StructSchema, 'kind' | 'name' | 'fields'>>;

export function struct(name: string, fields: { readonly [name: string]: Schema }, options: StructOptions = {}): StructSchema {
  return { kind: 'struct', name, fields, replaceOnMerge: false, ...options };
}
