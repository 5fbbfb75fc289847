import { isCharacter, unquote } from './literals';
import { numberProblem } from './numbers';
import type { FieldUse } from './parsed-template';
import { SyntaxProblem, TokenReader, unexpected } from './token-reader';
import { excerpt } from './tokens';
import type { Token, TokenKind } from './tokens';
import type { Operand, Pipeline } from './tree';
import type { Variables } from './variables';

/** How deep parentheses can nest. Go allows 10,000; no template that a person wrote comes near to this. */
export const MAX_PARENTHESES = 250;

/** The kinds of tokens that a value can begin with. */
const OPERANDS: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'boolean', 'character', 'dot', 'field', 'identifier', 'number', 'nil', 'raw string', 'string', 'variable', '(',
]);

/** Values as they are: they have no fields, and cannot take the result of the command before them. */
const CONSTANTS: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'boolean', 'character', 'dot', 'number', 'nil', 'raw string', 'string',
]);

/** What the tokens that a value begins with mean in the tree. */
const KINDS: { readonly [Kind in TokenKind]?: Operand['kind'] } = {
  'boolean': 'boolean',
  'character': 'number',
  'dot': 'dot',
  'field': 'field',
  'identifier': 'function',
  'number': 'number',
  'nil': 'nil',
  'raw string': 'string',
  'string': 'string',
  'variable': 'variable',
  '(': 'pipeline',
};

/** Receives everything that a pipeline uses. */
export interface MetOnTheWay {
  function(name: string, offset: number): void;
  field(use: Pick<FieldUse, 'of' | 'chain' | 'offset'>): void;
}

/** Reads pipelines: `$x := .Labels.severity | toLower`. */
export class PipelineParser {
  private depth = 0;

  constructor(private readonly reader: TokenReader, private readonly variables: Variables, private readonly met: MetOnTheWay) {}

  /** A whole pipeline with the token that closes it. `context` names it in messages. */
  public pipeline(context: string, closing: 'close' | ')' = 'close'): Pipeline {
    const { offset } = this.reader.peekAfterSpace();
    const mark = this.variables.mark();
    const { targets, assigns } = this.targets(context);
    const commands = this.commands(context, closing);
    for (const target of assigns ? targets : []) {
      this.variables.assign(target.text, target.offset);
    }
    if (!assigns) {
      this.variables.bind(mark, mark + targets.length);
    }
    return { offset, targets: targets.map(({ text }) => text), assigns, commands };
  }

  /** What a pipeline begins with if its value goes into a variable: `$x :=`, `$x =`, and in a range `$i, $e :=`. */
  private targets(context: string): { readonly targets: readonly Token[]; readonly assigns: boolean } {
    const targets: Token[] = [];
    for (;;) {
      const mark = this.reader.mark();
      const variable = this.reader.peekAfterSpace();
      const sign = variable.kind === 'variable' ? this.signAfterVariable() : undefined;
      if (sign === undefined) {
        this.reader.reset(mark);
        return { targets, assigns: false };
      }
      targets.push(variable);
      this.variables.add(variable.text);
      if (sign.text !== ',') {
        return { targets, assigns: sign.kind === '=' };
      }
      if (context !== 'range' || targets.length === 2) {
        throw new SyntaxProblem(variable.offset, `too many declarations in ${context}`);
      }
      if (!AFTER_COMMA.has(this.reader.peekAfterSpace().kind)) {
        throw new SyntaxProblem(sign.offset, 'a range can only set variables: "," must be followed by one');
      }
    }
  }

  private signAfterVariable(): Token | undefined {
    this.reader.next();
    const sign = this.reader.nextAfterSpace();
    return sign.kind === ':=' || sign.kind === '=' || (sign.kind === 'punctuation' && sign.text === ',') ? sign : undefined;
  }

  private commands(context: string, closing: 'close' | ')'): Operand[][] {
    const commands: Operand[][] = [];
    for (let stage = 1; ; stage += 1) {
      const token = this.reader.peekAfterSpace();
      if (token.kind === closing) {
        if (stage === 1) {
          throw new SyntaxProblem(token.offset, `missing value for ${context}`);
        }
        this.reader.next();
        return commands;
      }
      if (!OPERANDS.has(token.kind)) {
        unexpected(token, context);
      }
      if (stage > 1 && CONSTANTS.has(token.kind)) {
        throw new SyntaxProblem(token.offset, `stage ${stage} of the pipeline is a value: only a function, method or field can take the result before it`);
      }
      commands.push(this.command());
    }
  }

  /** Operands with space between, up to the next stage of the pipeline or to its end. */
  private command(): Operand[] {
    const operands: Operand[] = [];
    while (OPERANDS.has(this.reader.peekAfterSpace().kind)) {
      operands.push(this.operand());
      const separator = this.reader.peek();
      if (separator.kind !== 'space') {
        break;
      }
    }
    const token = this.reader.peekAfterSpace();
    if (token.kind === '|') {
      this.reader.next();
    } else if (token.kind !== 'close' && token.kind !== ')') {
      unexpected(token, 'operand');
    }
    return operands;
  }

  /** A value and the fields that are taken of it. */
  private operand(): Operand {
    const token = this.reader.next();
    const chain = token.kind === 'field' ? [token.text.slice(1)] : [];
    const pipeline = this.term(token);
    let { end } = this.reader.last();
    while (this.reader.peek().kind === 'field') {
      const field = this.reader.next();
      if (CONSTANTS.has(token.kind)) {
        throw new SyntaxProblem(field.offset, `unexpected . after term ${excerpt(token.text)}`);
      }
      chain.push(field.text.slice(1));
      end = field.end;
    }
    if (chain.length > 0) {
      this.met.field({ of: fieldOwner(token), chain, offset: token.offset });
    }
    const isString = token.kind === 'string' || token.kind === 'raw string';
    return { kind: KINDS[token.kind] ?? 'dot', offset: token.offset, end, text: token.text, chain, pipeline, ...(isString && { value: stringValue(token) }) };
  }

  private term(token: Token): Pipeline | undefined {
    if (token.kind === 'variable') {
      if (!this.variables.use(token.text, token.offset)) {
        throw new SyntaxProblem(token.offset, `undefined variable ${token.text}`);
      }
    } else if (token.kind === 'identifier') {
      this.met.function(token.text, token.offset);
    } else if (token.kind === '(') {
      return this.parentheses(token);
    } else {
      checkConstant(token);
    }
    return undefined;
  }

  private parentheses(open: Token): Pipeline {
    if (this.depth === MAX_PARENTHESES) {
      throw new SyntaxProblem(open.offset, `parentheses nest more than ${MAX_PARENTHESES} deep`);
    }
    this.depth += 1;
    const pipeline = this.pipeline('parenthesized pipeline', ')');
    this.depth -= 1;
    return pipeline;
  }
}

/** What can stand behind the comma of a range; what is no variable is refused later, where it is understood. */
const AFTER_COMMA: ReadonlySet<TokenKind> = new Set<TokenKind>(['variable', 'close', ')']);

function fieldOwner(token: Token): string {
  if (token.kind === 'variable') {
    return token.text;
  }
  return token.kind === 'field' ? '.' : 'value';
}

function checkConstant(token: Token): void {
  if (token.kind === 'number') {
    const problem = numberProblem(token.text);
    if (problem !== undefined) {
      throw new SyntaxProblem(token.offset, problem);
    }
  } else if (token.kind === 'character' && !isCharacter(token.text)) {
    throw new SyntaxProblem(token.offset, `malformed character constant ${excerpt(token.text)}`);
  } else if (token.kind === 'string' || token.kind === 'raw string') {
    stringValue(token);
  }
}

/** The value of a string token. */
export function stringValue(token: Token): string {
  const value = unquote(token.text);
  if (value === undefined) {
    throw new SyntaxProblem(token.offset, `bad escape in the string ${excerpt(token.text)}`);
  }
  return value;
}
