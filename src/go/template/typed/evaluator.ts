import { BUILT_IN_FUNCTIONS, BuiltInFunction, Call } from './built-in-functions';
import { Fact, Facts } from './facts';
import type { Scope } from './scope';
import { ANY, BOOL, FLOAT, GoType, INT, isAssignable, NIL, Signature, STRING } from './types';
import type { TypeProblem, Universe } from './universe';
import { countArguments, truthOf, UNKNOWN, Value } from './values';
import type { Operand, Pipeline } from '../tree';

/** Works out the types of pipelines in the way in which Go evaluates them. */
export class Evaluator {
  public facts: Facts;

  /** @param dot the current value; changed by whoever executes branches */
  constructor(
    public readonly universe: Universe,
    public readonly scope: Scope,
    public dot: Value,
    facts: Facts,
    private readonly reportProblem: (problem: TypeProblem) => void,
  ) {
    this.facts = facts;
  }

  /** The value of a pipeline; its variables are declared or assigned, unless `range` does that. */
  public pipeline({ commands, targets, assigns }: Pipeline, isOfRange = false): Value {
    let value: Value | undefined;
    for (const [operand, ...args] of commands) {
      value = this.command({ operand, args, ...(value && { final: value }) });
    }
    for (const target of isOfRange ? [] : targets) {
      this.scope[assigns ? 'assign' : 'declare'](target, value ?? UNKNOWN);
    }
    return value ?? UNKNOWN;
  }

  /** An operand without arguments. */
  public value(operand: Operand): Value {
    return this.command({ operand, args: [] });
  }

  /** An argument for a parameter; constants take the type of the parameter where they can. */
  public argument(operand: Operand, type: GoType, name: string): Value {
    if (operand.chain.length === 0 && (operand.kind === 'string' || operand.kind === 'number' || operand.kind === 'boolean')) {
      const value = constantOf(operand);
      if (!isConstantFor(value, type)) {
        this.report(operand, 'type', `${name} needs ${type.title}, and ${operand.text} is ${value.type.title}`, fixForType(type, operand.text));
      }
      return value;
    }
    if (operand.kind === 'nil') {
      if (type.kind !== 'any' && !isAssignable(NIL, type)) {
        this.report(operand, 'type', `${name} needs ${type.title}, and nil is none`, 'give a value');
      }
      return { type: NIL };
    }
    return this.validate(this.value(operand), type, operand, name);
  }

  /** A value that is already there, as an argument for a parameter. */
  public validate(value: Value, type: GoType, operand: Operand, name: string): Value {
    if (!isAssignable(value.type, type)) {
      this.report(operand, 'type', `${name} needs ${type.title}, and this is ${value.type.title}`, fixForType(type, expressionOf(operand)));
      return UNKNOWN;
    }
    return value;
  }

  public report(operand: Operand, kind: TypeProblem['kind'], message: string, fix: string): Value {
    this.reportProblem({ kind, offset: operand.offset, message, fix });
    return UNKNOWN;
  }

  /** Whether the value counts as true, where it always or never does. */
  public truth(value: Value): boolean | undefined {
    const { type, path, lengthOf } = value;
    const counted = lengthOf ?? (type.kind === 'list' || type.kind === 'map' ? path : undefined);
    const known = this.facts.minLength(counted) > 0 ? true : this.facts.isEmpty(counted) ? false : undefined;
    return truthOf(value) ?? known;
  }

  /** Evaluates with more facts than there are. */
  public assuming<T>(facts: readonly Fact[] | undefined, run: () => T): T {
    const before = this.facts;
    this.facts = before.with(facts);
    const result = run();
    this.facts = before;
    return result;
  }

  private command(call: Call): Value {
    const { operand, args, final } = call;
    const { chain } = operand;
    switch (operand.kind) {
      case 'field': return this.fields(this.dot, chain, call);
      case 'function': {
        return chain.length === 0 ? this.call(call) : this.fields(this.call({ operand, args: [] }), chain, call);
      }
      case 'variable': {
        const value = this.scope.get(operand.text) ?? UNKNOWN;
        return chain.length === 0 ? this.notAFunction(call) ?? value : this.fields(value, chain, call);
      }
      case 'pipeline': {
        const problem = chain.length === 0 && this.notAFunction(call);
        const value = operand.pipeline ? this.pipeline(operand.pipeline) : UNKNOWN;
        return problem || (chain.length === 0 ? value : this.fields(value, chain, call));
      }
      case 'nil': return this.report(operand, 'arguments', 'nil is not a value that can be printed', 'remove it');
      case 'dot': return this.notAFunction(call) ?? this.dot;
      default: return (args.length > 0 || final) ? this.notAFunction(call) ?? UNKNOWN : constantOf(operand);
    }
  }

  private notAFunction({ operand, args, final }: Call): Value | undefined {
    if (args.length === 0 && !final) {
      return undefined;
    }
    const [operator] = args;
    const expression = expressionOf(operand);
    return this.report(operand, 'arguments', `${expression} is not a function and takes no arguments`, operator?.kind === 'function' && operator.chain.length === 0
      ? `write the function first: ${operator.text} ${expression} …`
      : 'remove what follows it, or print the values one by one');
  }

  private fields(start: Value, chain: readonly string[], call: Call): Value {
    return chain.reduce((receiver, name, index) => {
      const isLast = index === chain.length - 1;
      return this.field(receiver, name, isLast ? call : { operand: call.operand, args: [] }, index);
    }, start);
  }

  /** @param position where in the chain of the operand the name stands */
  private field(receiver: Value, name: string, call: Call, position: number): Value {
    const { type, path } = receiver;
    const { operand } = call;
    const hasArguments = call.args.length > 0 || call.final !== undefined;
    if (type.kind === 'any') {
      call.args.forEach((argument) => this.value(argument));
      return UNKNOWN;
    }
    if (type.kind === 'nil') {
      return { type: NIL };
    }
    const own = path === undefined ? {} : { path: `${path}.${name}` };
    const method = type.methods?.get(name);
    if (method) {
      const result = this.signature(method, name, call).result();
      return { type: result, ...(method.parameters.length === 0 ? own : {}) };
    }
    const field = type.kind === 'map' ? type.element : type.fields?.get(name);
    if (!field) {
      const dollar = this.scope.get('$')?.type ?? ANY;
      const expression = `${receiverOf(operand)}${operand.chain.slice(0, position).map((each) => `.${each}`).join('')}`;
      return this.report(operand, 'field', `${type.title} has no field ${name}`,
        this.universe.fixField(type, operand.chain.slice(position), dollar, expression));
    }
    if (hasArguments) {
      return this.report(operand, 'arguments', `${expressionOf(operand)} is not a function and takes no arguments`, 'remove what follows it, or print the values one by one');
    }
    return { type: field(), ...own };
  }

  private call(call: Call): Value {
    const { operand, args } = call;
    const builtIn: BuiltInFunction | undefined = BUILT_IN_FUNCTIONS.get(operand.text);
    if (builtIn) {
      return builtIn(this, call);
    }
    const called = this.universe.functions.get(operand.text);
    if (!called) {
      // A function that does not exist is reported elsewhere.
      args.forEach((argument) => this.value(argument));
      return UNKNOWN;
    }
    const values = this.arguments(called, operand.text, call);
    const type = called.result();
    if (values === undefined) {
      return { type };
    }
    const problem = called.check?.(values);
    if (problem) {
      this.report(operand, problem.kind, problem.message, problem.fix);
    }
    return { type, ...called.evaluate?.(values) };
  }

  private signature(signature: Signature, name: string, call: Call): Signature {
    this.arguments(signature, name, call);
    return signature;
  }

  /** The arguments in their order; undefined if there are too few or too many. */
  private arguments({ parameters, isVariadic }: Signature, name: string, { operand, args, final }: Call): Value[] | undefined {
    const given = args.length + (final ? 1 : 0);
    const fixed = parameters.length - (isVariadic ? 1 : 0);
    if (isVariadic ? given < fixed : given !== fixed) {
      args.forEach((argument) => this.value(argument));
      const needs = parameters.map((type) => type().title).join(', ');
      this.report(operand, 'arguments', `${name} takes ${isVariadic ? 'at least ' : ''}${countArguments(fixed)}, not ${given}`,
        fixed === 0 ? 'remove the arguments' : `give ${needs}, in this order; a value before | is the last of them`);
      return undefined;
    }
    const typeOf = (index: number): GoType => parameters[Math.min(index, parameters.length - 1)]();
    const values = args.map((argument, index) => this.argument(argument, typeOf(index), name));
    return final ? [...values, this.validate(final, typeOf(args.length), { ...operand, text: 'the value before |', chain: [], kind: 'string' }, name)] : values;
  }
}

/** The value of a string, number, or boolean. */
export function constantOf({ kind, text, value }: Operand): Value {
  if (kind === 'string') {
    return { type: STRING, constant: value ?? '' };
  }
  if (kind === 'boolean') {
    return { type: BOOL, constant: text === 'true' };
  }
  if (text.startsWith("'") || text.endsWith('i')) {
    return { type: text.startsWith("'") ? INT : ANY };
  }
  const isFloat = /[.eEpP]/.test(text) && !/^[-+]?0[xX][\da-fA-F_]+$/.test(text);
  const digits = text.replace(/_/g, '').replace(/^\+/, '').replace(/^(-?)0([0-7]+)$/, '$10o$2');
  const number = digits.startsWith('-') ? -Number(digits.slice(1)) : Number(digits);
  return { type: isFloat ? FLOAT : INT, ...(Number.isNaN(number) ? {} : { constant: number }) };
}

/** A constant number is whatever number is needed, as long as it has no fraction for a whole one. */
function isConstantFor({ type, constant }: Value, parameter: GoType): boolean {
  switch (parameter.kind) {
    case 'any': return true;
    case 'int': return type.kind === 'any' || type === INT || (type === FLOAT && Number.isInteger(constant));
    case 'float': return type.kind === 'any' || type === INT || type === FLOAT;
    case 'string': return type === STRING;
    case 'bool': return type === BOOL;
    default: return false;
  }
}

/** How an operand is written, shortened where it is a pipeline. */
export function expressionOf(operand: Operand): string {
  const fields = operand.chain.map((name) => `.${name}`).join('');
  return `${receiverOf(operand)}${fields}`;
}

function receiverOf(operand: Operand): string {
  switch (operand.kind) {
    case 'field': return '';
    case 'pipeline': return '(…)';
    case 'dot': return '.';
    default: return operand.text;
  }
}

function fixForType(type: GoType, expression: string): string {
  if (type.kind === 'string') {
    return expression.startsWith('the value') ? 'give a string; print makes one of any value' : `give a string; (print ${expression}) makes one of any value`;
  }
  return `give ${type.title}`;
}
