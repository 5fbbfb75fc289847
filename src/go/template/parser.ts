import type { OpenBlock, Template } from './open-blocks';
import type { FieldUse, NamedPlace, ParsedTemplate, TemplateDefinition } from './parsed-template';
import { PipelineParser, stringValue } from './pipeline-parser';
import { SyntaxProblem, TokenReader, unexpected } from './token-reader';
import type { Token } from './tokens';
import type { Branch, TreeNode } from './tree';
import { Variables } from './variables';

/** White space as Go's `bytes.TrimSpace` knows it. */
const NOT_SPACE = /[^\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/** Reads actions and what they enclose, one after the other: nesting is a stack of its own, so it can be any depth. */
export class TemplateParser {
  private readonly reader: TokenReader;
  private readonly calls: NamedPlace[] = [];
  private readonly definitions: TemplateDefinition[] = [];
  private readonly functions: NamedPlace[] = [];
  private readonly fields: FieldUse[] = [];
  private readonly recentSyntax: NamedPlace[] = [];
  private readonly unboundVariables: NamedPlace[] = [];
  private readonly filled = new Set<string>();
  private readonly trees = new Map<string, TreeNode[]>();
  private readonly blocks: OpenBlock[] = [];
  private readonly main: Template;
  private current: Template;

  constructor(text: string, private readonly name: string) {
    this.reader = new TokenReader(text);
    this.main = this.newTemplate();
    this.current = this.main;
  }

  public parse(): ParsedTemplate {
    const tree = this.main.nodes;
    const error = this.firstProblem();
    return {
      ...(error ? { error: { offset: error.offset, message: error.message } } : {}),
      empty: this.main.empty,
      calls: this.calls,
      definitions: this.definitions,
      functions: this.functions,
      fields: this.fields,
      unboundVariables: this.unboundVariables,
      recentSyntax: this.recentSyntax,
      tree,
      definitionTrees: this.trees,
    };
  }

  private firstProblem(): SyntaxProblem | undefined {
    try {
      this.body();
      return undefined;
    } catch (error) {
      if (error instanceof SyntaxProblem) {
        return error;
      }
      throw error;
    }
  }

  private body(): void {
    for (;;) {
      const token = this.reader.next();
      if (token.kind === 'end') {
        this.endOfText(token);
        return;
      }
      if (token.kind === 'open') {
        this.action(token);
      } else if (NOT_SPACE.test(token.text)) {
        this.current.empty = false;
      }
    }
  }

  private endOfText(end: Token): void {
    const open = this.blocks.at(-1);
    if (open) {
      throw new SyntaxProblem(open.offset, `unclosed {{${open.keyword}}}: its {{end}} is missing`);
    }
    if (!this.main.empty) {
      this.fill(this.name, end.offset);
    }
  }

  private action(open: Token): void {
    const token = this.reader.peekAfterSpace();
    if (token.kind !== 'keyword') {
      this.current.empty = false;
      this.current.nodes.push({ kind: 'action', pipeline: this.current.pipelines.pipeline('command') });
      return;
    }
    this.reader.next();
    switch (token.text) {
      case 'if':
      case 'range':
      case 'with': return this.control(token.text, open);
      case 'else': return this.elseBranch(token);
      case 'end': return this.endOfBlock(token);
      case 'define': return this.define(token, open);
      case 'block': return this.block(open);
      case 'template': return this.template();
      default: return this.leaveRange(token);
    }
  }

  private control(keyword: 'if' | 'range' | 'with', open: Token): void {
    this.current.empty = false;
    const { variables } = this.current;
    const outerVariables = variables.mark();
    const outerNodes = this.current.nodes;
    const branch = this.branch(keyword, open.offset);
    this.enterBranch(keyword, 1);
    this.blocks.push({
      keyword,
      offset: open.offset,
      name: '',
      outerVariables,
      branchVariables: variables.mark(),
      hasElse: false,
      within: this.current,
      outerNodes,
      otherwise: branch.otherwise,
    });
  }

  /** Reads the condition; what follows belongs to the body. */
  private branch(keyword: Branch['kind'], offset: number): Branch {
    const branch: Branch = { kind: keyword, offset, pipeline: this.current.pipelines.pipeline(keyword), body: [], otherwise: [] };
    this.current.nodes.push(branch);
    this.current.nodes = branch.body;
    return branch;
  }

  private elseBranch(token: Token): void {
    const block = this.blocks.at(-1);
    if (!block || block.keyword === 'define' || block.keyword === 'block') {
      throw new SyntaxProblem(token.offset, 'unexpected {{else}}');
    }
    if (block.hasElse) {
      throw new SyntaxProblem(token.offset, `unexpected second {{else}} of {{${block.keyword}}}`);
    }
    this.enterBranch(block.keyword, -1);
    const { variables } = this.current;
    variables.killFrom(block.branchVariables);
    const next = this.reader.peekAfterSpace();
    if (next.kind === 'keyword' && next.text === block.keyword && next.text !== 'range') {
      this.reader.next();
      if (next.text === 'with') {
        this.recentSyntax.push(this.place('{{else with}}', token.offset));
      }
      this.current.nodes = block.otherwise;
      block.otherwise = this.branch(block.keyword, token.offset).otherwise;
      this.enterBranch(block.keyword, 1);
      block.branchVariables = variables.mark();
    } else {
      this.reader.expect('close', 'else');
      this.current.nodes = block.otherwise;
      block.hasElse = true;
    }
  }

  private endOfBlock(token: Token): void {
    this.reader.expect('close', 'end');
    const block = this.blocks.pop();
    if (!block) {
      throw new SyntaxProblem(token.offset, 'unexpected {{end}}');
    }
    if (block.keyword === 'define' || block.keyword === 'block') {
      this.definition(block.keyword, block);
      return;
    }
    if (!block.hasElse) {
      this.enterBranch(block.keyword, -1);
    }
    this.current.variables.dropFrom(block.outerVariables);
    this.current.nodes = block.outerNodes;
  }

  /** What changes with the first branch of a block: `range` can be left, and in `range` and `with` the dot is another value. */
  private enterBranch(keyword: OpenBlock['keyword'], step: 1 | -1): void {
    this.current.ranges += keyword === 'range' ? step : 0;
    this.current.rebindings += keyword === 'range' || keyword === 'with' ? step : 0;
  }

  private definition(keyword: 'define' | 'block', { name, offset, within, outerNodes }: OpenBlock): void {
    const { empty } = this.current;
    if (!empty) {
      this.fill(name, offset);
    }
    if (!empty || !this.trees.has(name)) {
      this.trees.set(name, outerNodes);
    }
    this.definitions.push({ keyword, name, offset, end: this.reader.last().end, empty });
    this.current = within;
  }

  /** Within one text, a name can be given to one template with content only. */
  private fill(name: string, offset: number): void {
    if (this.filled.has(name)) {
      throw new SyntaxProblem(offset, `template ${JSON.stringify(name)} is defined twice in this text`);
    }
    this.filled.add(name);
  }

  private define(token: Token, open: Token): void {
    if (this.blocks.length > 0) {
      throw new SyntaxProblem(token.offset, '{{define}} must not stand inside of another block');
    }
    const name = this.templateName('define clause');
    this.reader.expect('close', 'define clause');
    this.enter('define', name, open);
  }

  private block(open: Token): void {
    this.current.empty = false;
    const name = this.templateName('block clause');
    this.calls.push(this.place(name, open.offset));
    const argument = this.current.pipelines.pipeline('block clause');
    this.current.nodes.push({ kind: 'template', name, offset: open.offset, argument });
    this.enter('block', name, open);
  }

  private enter(keyword: 'define' | 'block', name: string, open: Token): void {
    const within = this.current;
    this.current = this.newTemplate(name);
    const { nodes } = this.current;
    this.blocks.push({
      keyword, offset: open.offset, name, outerVariables: 0, branchVariables: 0, hasElse: false, within, outerNodes: nodes, otherwise: [],
    });
  }

  private template(): void {
    this.current.empty = false;
    const { offset } = this.reader.peekAfterSpace();
    const name = this.templateName('template clause');
    this.calls.push(this.place(name, offset));
    if (this.reader.peekAfterSpace().kind === 'close') {
      this.reader.next();
      this.current.nodes.push({ kind: 'template', name, offset });
    } else {
      this.current.nodes.push({ kind: 'template', name, offset, argument: this.current.pipelines.pipeline('template clause') });
    }
  }

  private templateName(context: string): string {
    const token = this.reader.nextAfterSpace();
    if (token.kind !== 'string' && token.kind !== 'raw string') {
      return unexpected(token, `${context}, which needs the quoted name of a template`);
    }
    return stringValue(token);
  }

  private leaveRange(token: Token): void {
    this.current.empty = false;
    this.reader.expect('close', `{{${token.text}}}`);
    if (this.current.ranges === 0) {
      throw new SyntaxProblem(token.offset, `{{${token.text}}} outside of {{range}}`);
    }
  }

  private newTemplate(name?: string): Template {
    const variables = new Variables((variable, offset) => { this.unboundVariables.push(this.place(variable, offset)); });
    const pipelines = new PipelineParser(this.reader, variables, {
      function: (called, offset) => { this.functions.push(this.place(called, offset)); },
      field: (use) => {
        this.fields.push({ ...use, ...this.within(), ofRoot: this.isRoot(use.of), conditional: this.blocks.length > 0 });
      },
    });
    return { ...(name === undefined ? {} : { name }), empty: true, ranges: 0, rebindings: 0, variables, pipelines, nodes: [] };
  }

  private place(name: string, offset: number): NamedPlace {
    return { name, offset, ...this.within() };
  }

  private within(): { readonly within?: string } {
    const { name } = this.current;
    return name === undefined ? {} : { within: name };
  }

  private isRoot(owner: string): boolean {
    const { rebindings, variables } = this.current;
    const isUnchanged = (owner === '.' && rebindings === 0) || (owner === '$' && variables.hasOriginalDollar());
    return this.current === this.main && isUnchanged;
  }
}
