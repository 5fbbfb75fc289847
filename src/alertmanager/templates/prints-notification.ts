import { isStatic } from './template-text';
import { parseTemplate } from '../../go/template/parse-template';
import type { Branch, Operand, Pipeline, TreeNode } from '../../go/template/tree';
import type { TemplateFile } from '../model';

/** What is known at a place of a template. */
interface Scope {
  /** Whether `.` is the notification. */
  readonly dot: boolean;
  /** The variables that are the notification. */
  readonly variables: Set<string>;
}

/**
 * Whether a text prints a notification as a whole, as `{{ . }}` does, itself or by what it calls. The receiver's name is then a part of
 * what is printed.
 */
export function printsNotification(text: string, files: readonly TemplateFile[]): boolean {
  return !isStatic(text) && new NotificationSearch(text, files).found();
}

class NotificationSearch {
  private readonly templates = new Map<string, readonly TreeNode[]>();
  private readonly visited = new Set<string>();
  private readonly tree: readonly TreeNode[];

  constructor(text: string, files: readonly TemplateFile[]) {
    const main = parseTemplate(text);
    this.tree = main.tree;
    for (const { definitions, definitionTrees } of [...files.map((file) => parseTemplate(file.text, file.name)), main]) {
      // Go never lets an empty definition replace another one.
      for (const { name } of definitions.filter(({ empty }) => !empty)) {
        this.templates.set(name, definitionTrees.get(name) ?? []);
      }
    }
  }

  public found(): boolean {
    return this.executed(this.tree);
  }

  /** A template that is executed with the notification. */
  private executed(tree: readonly TreeNode[]): boolean {
    return this.prints(tree, { dot: true, variables: new Set(['$']) });
  }

  private prints(nodes: readonly TreeNode[], scope: Scope): boolean {
    return nodes.some((node) => {
      switch (node.kind) {
        case 'action': return bindsVariable(node.pipeline, scope) ? false : shows(node.pipeline, scope);
        case 'template': return node.argument !== undefined && isNotification(node.argument, scope) && this.calls(node.name);
        case 'if': return this.printsInside(node, scope.dot, scope);
        case 'with': return this.printsInside(node, isNotification(node.pipeline, scope), scope);
        case 'range': return this.printsInside(node, false, scope);
      }
    });
  }

  private printsInside(branch: Branch, dot: boolean, scope: Scope): boolean {
    bindsVariable(branch.pipeline, scope);
    return this.prints(branch.body, { ...scope, dot }) || this.prints(branch.otherwise, scope);
  }

  private calls(name: string): boolean {
    if (this.visited.has(name)) {
      return false;
    }
    this.visited.add(name);
    return this.executed(this.templates.get(name) ?? []);
  }
}

/** Notes a variable that becomes the notification. A pipeline with variables prints nothing. */
function bindsVariable(pipeline: Pipeline, scope: Scope): boolean {
  if (isNotification(pipeline, scope)) {
    pipeline.targets.forEach((name) => scope.variables.add(name));
  }
  return pipeline.targets.length > 0;
}

/** Whether the value of a pipeline is the notification. */
function isNotification({ commands: [operands, ...others] }: Pipeline, scope: Scope): boolean {
  return others.length === 0 && operands.length === 1 && isWhole(operands[0], scope);
}

function isWhole({ kind, text, chain, pipeline }: Operand, scope: Scope): boolean {
  return chain.length === 0 && (
    (kind === 'dot' && scope.dot) || (kind === 'variable' && scope.variables.has(text)) || (pipeline !== undefined && isNotification(pipeline, scope))
  );
}

/** Whether the notification is printed, as it is or by a function such as `printf`. */
function shows({ commands }: Pipeline, scope: Scope): boolean {
  return commands.some((operands) => operands.some((operand) =>
    isWhole(operand, scope) || (operand.chain.length === 0 && operand.pipeline !== undefined && shows(operand.pipeline, scope))));
}
