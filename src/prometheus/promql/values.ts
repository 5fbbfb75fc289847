import type { ValueType } from './functions';

/** What a part of an expression amounts to, as far as its neighbors must know. */
export interface Value {
  readonly type: ValueType;
  readonly from: number;
  readonly to: number;
  /** What a modifier behind it (`offset`, `@`, a range) applies to; none for what takes no modifier. */
  readonly selection?: Selection;
  /** The last operand of an operator: it is what a modifier behind the operator applies to. */
  readonly lastOperand?: Value;
}

/** A vector selector, a range of one, or a subquery, with the modifiers it has got so far. */
export interface Selection {
  readonly isVector: boolean;
  hasOffset: boolean;
  hasTimestamp: boolean;
}

/**
 * The grammar reads `a + b offset 5m` as `(a + b) offset 5m`, Prometheus as `a + (b offset 5m)`: to it, modifiers bind
 * tighter than any operator. This finds what Prometheus would apply the modifier to.
 */
export function modified(value: Value): Value {
  let operand = value;
  while (operand.lastOperand) {
    operand = operand.lastOperand;
  }
  return operand;
}
