import { conditionFacts } from './built-in-functions';
import { Evaluator } from './evaluator';
import { Facts } from './facts';
import { Scope } from './scope';
import { ANY, GoType, INT, STRING } from './types';
import type { CalledTemplate, TypeProblem, Universe } from './universe';
import { UNKNOWN, Value } from './values';
import type { Branch, Pipeline, TreeNode } from '../tree';

/** Bounds of the work for one text: how many calls are followed, and how deep blocks nest. Nothing is reported beyond. */
const MAX_CALLS = 2_000;
const MAX_DEPTH = 200;

/**
 * Everything that makes executing a template fail, as far as it can be known from the types of its data. Each problem once, in
 * the order of execution.
 */
export function checkTypes(tree: readonly TreeNode[], dot: Value, universe: Universe): TypeProblem[] {
  const problems = new Map<string, TypeProblem>();
  const check = new TypeCheck(universe, (problem) => {
    problems.set(`${problem.source} ${problem.offset} ${problem.message}`, problem);
  });
  check.execute(tree, dot, Facts.of(universe.facts, universe.implications));
  return [...problems.values()];
}

class TypeCheck {
  private readonly calls = new Set<string>();
  private elements = 0;
  private depth = 0;

  constructor(private readonly universe: Universe, private readonly report: (problem: TypeProblem) => void) {}

  /** Executes the body of a template with a value, which is both `.` and `$` there. */
  public execute(tree: readonly TreeNode[], dot: Value, facts: Facts, source?: string): void {
    const evaluator = new Evaluator(this.universe, new Scope(dot), dot, facts,
      (problem) => this.report(source === undefined ? problem : { ...problem, source }));
    this.nodes(tree, evaluator);
  }

  private nodes(nodes: readonly TreeNode[], evaluator: Evaluator): void {
    if (this.depth >= MAX_DEPTH) {
      return;
    }
    this.depth += 1;
    for (const node of nodes) {
      switch (node.kind) {
        case 'action': evaluator.pipeline(node.pipeline); break;
        case 'template': this.call(node.name, node.offset, node.argument, evaluator); break;
        case 'range': this.range(node, evaluator); break;
        default: this.condition(node, evaluator);
      }
    }
    this.depth -= 1;
  }

  private condition({ kind, pipeline, body, otherwise }: Branch, evaluator: Evaluator): void {
    evaluator.scope.block(() => {
      const value = evaluator.pipeline(pipeline);
      const { whenTrue, whenFalse } = conditionFacts(value);
      const truth = evaluator.truth(value);
      const dot = kind === 'with' ? { ...value, type: value.truthy ?? value.type } : evaluator.dot;
      evaluator.scope.alternatives(
        () => truth !== false && evaluator.assuming(whenTrue, () => this.body(body, dot, evaluator)),
        () => truth !== true && evaluator.assuming(whenFalse, () => this.body(otherwise, evaluator.dot, evaluator)),
      );
    });
  }

  private body(nodes: readonly TreeNode[], dot: Value, evaluator: Evaluator): void {
    const before = evaluator.dot;
    evaluator.dot = dot;
    evaluator.scope.block(() => this.nodes(nodes, evaluator));
    evaluator.dot = before;
  }

  private range({ pipeline, body, otherwise }: Branch, evaluator: Evaluator): void {
    evaluator.scope.block(() => {
      const value = evaluator.pipeline(pipeline, true);
      const entry = this.entryOf(value, pipeline, evaluator);
      const { whenTrue, whenFalse } = conditionFacts(value);
      if (entry) {
        evaluator.scope.loosen(assignedIn(body));
      }
      evaluator.scope.alternatives(
        () => entry && evaluator.truth(value) !== false && evaluator.assuming(whenTrue, () => {
          bindTargets(pipeline, entry, evaluator);
          this.body(body, entry.element, evaluator);
        }),
        () => evaluator.truth(value) !== true && evaluator.assuming(whenFalse, () => this.body(otherwise, evaluator.dot, evaluator)),
      );
    });
  }

  private entryOf(value: Value, pipeline: Pipeline, evaluator: Evaluator): Entry | undefined {
    const { type, path } = value;
    this.elements += 1;
    switch (type.kind) {
      case 'list': return { key: { type: INT }, element: { type: elementOf(type), ...(path !== undefined && { path: `${path}[*${this.elements}]` }) } };
      case 'map': return { key: { type: STRING }, element: { type: elementOf(type) } };
      case 'any': return { key: UNKNOWN, element: UNKNOWN };
      case 'int': return this.countedEntry(pipeline, evaluator);
      case 'nil': return undefined;
      default: {
        const [[operand]] = pipeline.commands;
        evaluator.report(operand, 'type', `range needs a list or a map, and this is ${type.title}`,
          type.fields?.has('Alerts') ? 'write {{ range .Alerts }}' : 'give a list, such as .Alerts, or a map, such as .CommonLabels');
        return undefined;
      }
    }
  }

  /** Go 1.24 and later count up to a number. */
  private countedEntry({ commands: [[operand]], targets }: Pipeline, evaluator: Evaluator): Entry | undefined {
    if (targets.length === 2) {
      evaluator.report(operand, 'type', 'range over a number has one variable only', 'declare one variable');
      return undefined;
    }
    evaluator.report(operand, 'data', 'range over a number needs an Alertmanager that is built with Go 1.24 or later, and AMP might be older', 'range over a list');
    return { key: UNKNOWN, element: { type: INT } };
  }

  private call(name: string, offset: number, argument: Pipeline | undefined, evaluator: Evaluator): void {
    const dot: Value = argument ? evaluator.pipeline(argument) : { type: NOTHING };
    const called = this.universe.template(name);
    if (called?.source !== undefined) {
      const key = JSON.stringify([called.source, name, dot.type.title, dot.path, dot.constant, evaluator.facts.key]);
      if (!this.calls.has(key) && this.calls.size < MAX_CALLS) {
        this.calls.add(key);
        this.execute(called.tree, dot, evaluator.facts, called.source);
      }
    } else if (called) {
      this.callBuiltIn(name, called, dot, offset, evaluator);
    }
  }

  /** What fails in a template that the user did not write is the fault of the call. */
  private callBuiltIn(name: string, { tree, needs }: CalledTemplate, dot: Value, offset: number, evaluator: Evaluator): void {
    let fails = false;
    const check = new TypeCheck(this.universe, ({ kind }) => {
      fails ||= kind !== 'data';
    });
    check.execute(tree, dot, evaluator.facts);
    if (fails) {
      const operand = { kind: 'nil', offset, end: offset, text: name, chain: [] } as const;
      evaluator.report(operand, 'type', `template ${JSON.stringify(name)} fails with ${dot.type.title}`, `give it ${needs ?? 'the data that it needs'}`);
    }
  }
}

interface Entry {
  readonly key: Value;
  readonly element: Value;
}

/** What a template has that is called without data. */
const NOTHING: GoType = { title: 'no data', kind: 'nil', underlying: 'nil', isNamed: false };

function elementOf(type: GoType): GoType {
  return type.element?.() ?? ANY;
}

/** With one variable it is the entry, with two they are the index and the entry. */
function bindTargets({ targets, assigns }: Pipeline, { key, element }: Entry, { scope }: Evaluator): void {
  const values = targets.length === 2 ? [key, element] : [element];
  targets.forEach((target, index) => scope[assigns ? 'assign' : 'declare'](target, values[index]));
}

/** The variables that are assigned to somewhere in the nodes. */
function assignedIn(nodes: readonly TreeNode[]): Set<string> {
  const names = new Set<string>();
  const waiting = [...nodes];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.kind !== 'template' && node.pipeline.assigns) {
      node.pipeline.targets.forEach((name) => names.add(name));
    }
    if (node.kind !== 'action' && node.kind !== 'template') {
      waiting.push(...node.body, ...node.otherwise);
    }
  }
  return names;
}
