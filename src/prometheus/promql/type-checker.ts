import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common';
import { checkAggregation, checkCall } from './check-calls';
import type { CheckContext } from './check-context';
import { applyMatrix, applyModifier, applySubquery, checkDuration, checkNumber } from './check-modifiers';
import { checkBinary, checkUnary } from './check-operators';
import { checkSelector, readString } from './check-selectors';
import type { Value } from './values';
import type { TextDiagnostic } from '../../findings/diagnostic';

/**
 * Walks a sound syntax tree from the leaves to the root and works out the type of every part, as Prometheus does after it
 * parsed an expression. Without recursion: rules are other people's text, and can nest deeply.
 */
export class TypeChecker implements CheckContext {
  public readonly diagnostics: TextDiagnostic[] = [];
  /** The operands found so far, for every node that was entered and not left. */
  private readonly operands: Value[][] = [[]];

  public constructor(public readonly text: string) {}

  public report(diagnostic: TextDiagnostic): void {
    this.diagnostics.push(diagnostic);
  }

  public enter(_node: SyntaxNodeRef): void {
    this.operands.push([]);
  }

  public leave(reference: SyntaxNodeRef): void {
    const operands = this.operands.pop() as Value[];
    const outer = this.operands[this.operands.length - 1];
    outer.push(...this.evaluate(reference.node, operands));
  }

  /** The value of a node; nodes that are only a part of their parent pass on what is inside them. */
  private evaluate(node: SyntaxNode, operands: Value[]): Value[] {
    const { from, to } = node;
    switch (node.name) {
      case 'NumberDurationLiteral': return this.number(node);
      case 'NumberDurationLiteralInDurationContext': return this.duration(node);
      case 'StringLiteral': return this.string(node);
      case 'VectorSelector': return [checkSelector(this, node)];
      case 'FillModifier': return [];
      case 'ParenExpr': return [{ type: operands[0].type, from, to }];
      case 'UnaryExpr': return [checkUnary(this, node, operands[0])];
      case 'BinaryExpr': return [checkBinary(this, node, operands[0], operands[1])];
      case 'FunctionCall': return [checkCall(this, node, operands)];
      case 'AggregateExpr': return [checkAggregation(this, node, operands)];
      case 'MatrixSelector': return [applyMatrix(this, node, operands[0])];
      case 'SubqueryExpr': return [applySubquery(this, node, operands[0])];
      case 'OffsetExpr':
      case 'StepInvariantExpr':
      case 'AnchoredExpr':
      case 'SmoothedExpr': return [applyModifier(this, node, operands[0])];
      default: return operands;
    }
  }

  /** A number; behind `@` it is no operand. */
  private number(node: SyntaxNode): Value[] {
    checkNumber(this, node);
    return node.parent?.name === 'StepInvariantExpr' && node.prevSibling ? [] : [{ type: 'scalar', from: node.from, to: node.to }];
  }

  private duration(node: SyntaxNode): Value[] {
    checkDuration(this, node);
    return [];
  }

  /** A text; in a matcher or as a quoted name it is no operand, and is read there. */
  private string(node: SyntaxNode): Value[] {
    if (/Matcher|QuotedLabelName/.test(node.parent?.name ?? '')) {
      return [];
    }
    readString(this, node);
    return [{ type: 'string', from: node.from, to: node.to }];
  }
}
