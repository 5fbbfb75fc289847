import type { Node, Scalar } from 'yaml';
import type { Decoded } from './decoded';
import type { AnySchema, ListSchema, MapSchema, OpaqueSchema, Schema, StructSchema, TextSchema } from './schema/schema';
import type { Diagnostic } from '../../findings/diagnostic';
import { parseGoDuration } from '../../go/duration';
import { isNull, ResolvedScalar, resolveScalar } from '../../yaml/scalar';

type ScalarSchema = Exclude<Schema, ListSchema | MapSchema | StructSchema | AnySchema | OpaqueSchema>;
type Read = { readonly value: Decoded } | { readonly problem: Diagnostic };

/** Reads a scalar as Alertmanager's decoder would. */
export function decodeScalar(node: Node | null | undefined, schema: ScalarSchema): Read {
  const scalar = node as Scalar | null | undefined;
  const meaning: ResolvedScalar = scalar ? resolveScalar(scalar) : { type: 'null' };
  const text = scalar?.source ?? '';
  if (meaning.type === 'mismatch') {
    return refuse(`the value does not fit its tag ${meaning.tag}`, 'correct the value or remove the tag');
  }
  if (schema.kind === 'text') {
    return decodeText(scalar, text, meaning, schema);
  }
  if (meaning.type === 'null') {
    return { value: zeroOf(schema) };
  }
  switch (schema.kind) {
    case 'bool':
      return meaning.type === 'bool' ? { value: meaning.value } : refuse(`${show(text)} is not true or false`, 'write true or false');
    case 'uint':
      return decodeInteger(text, meaning, true);
    case 'go-duration':
      return decodeGoDuration(text, meaning);
  }
}

function decodeText(scalar: Scalar | null | undefined, text: string, meaning: ResolvedScalar, schema: TextSchema): Read {
  if (isNull(scalar, 'v2') && (schema.whenNull === 'absent' || schema.check === undefined)) {
    return { value: schema.whenNull === 'empty' ? '' : undefined };
  }
  const value = meaning.type === 'binary' ? fromBase64(text) : meaning.type === 'null' ? '' : text;
  if (value === undefined) {
    return refuse('the value is not base64, as its tag !!binary says', 'correct the value or remove the tag');
  }
  const problem = schema.check?.(value);
  return problem ? { problem } : { value };
}

function fromBase64(text: string): string | undefined {
  const compact = text.replace(/[\r\n]/g, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(compact)) {
    return undefined;
  }
  return Buffer.from(compact, 'base64').toString('utf8');
}

function zeroOf(schema: ScalarSchema): Decoded {
  switch (schema.kind) {
    case 'bool':
      return schema.nullIsFalse ? false : undefined;
    case 'go-duration':
      return undefined;
    default:
      return 0;
  }
}

/** A fraction is cut off, as Alertmanager does. */
function decodeInteger(text: string, meaning: ResolvedScalar, unsigned: boolean): Read {
  const max = unsigned ? 2n ** 64n - 1n : 2n ** 63n - 1n;
  if (meaning.type === 'int' && meaning.value <= max && (!unsigned || meaning.value >= 0n)) {
    return { value: Number(meaning.value) };
  }
  if (meaning.type === 'float' && meaning.value <= Number(max)) {
    return { value: Math.trunc(meaning.value) };
  }
  return refuse(`${show(text)} is not ${unsigned ? 'a whole number of 0 or more' : 'a whole number'}`, 'write a whole number');
}

function decodeGoDuration(text: string, meaning: ResolvedScalar): Read {
  if (meaning.type === 'int' || meaning.type === 'float') {
    const isNumber = decodeInteger(text, meaning, false);
    return 'problem' in isNumber ? isNumber : { value: text };
  }
  if (meaning.type !== 'text') {
    return refuse(`${show(text)} is not a duration`, 'write a duration such as 30s or 1m30s');
  }
  return parseGoDuration(text) ? { value: text } : {
    problem: { code: 'config-invalid-duration', message: `${show(text)} is not a duration`, fix: 'write a duration such as 30s or 1m30s; the largest unit is h' },
  };
}

function refuse(message: string, fix: string): Read {
  return { problem: { code: 'config-wrong-type', message, fix } };
}

/** A value in a message: quoted, and not longer than is useful. */
function show(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
