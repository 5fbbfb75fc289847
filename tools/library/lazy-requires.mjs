// Rewrites compiled modules so that each loads another module when it first uses it, as the modules of aws-cdk-lib do:
//
//     const ec2 = __importStar(require("aws-cdk-lib/aws-ec2"));      let ec2 = () => { const module = require("aws-cdk-lib/aws-ec2"); ec2 = () => module; return module; };
//     new ec2.InterfaceVpcEndpoint(…)                                new (ec2().InterfaceVpcEndpoint)(…)
//
// An app then loads what it uses, not what the library could do (docs/decisions/0105).
import ts from 'typescript';

/** What tsc puts into a module to import it whole. Not needed: what the modules import whole has named exports only. */
const IMPORT_HELPERS = new Set(['__createBinding', '__setModuleDefault', '__importStar']);

/** Returns the new text of each file, by its path. */
export function makeRequiresLazy(files) {
  const program = ts.createProgram(files, { allowJs: true, noLib: true, noResolve: true, types: [], target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS });
  const checker = program.getTypeChecker();
  return new Map(files.map((file) => [file, rewrite(program.getSourceFile(file), checker)]));
}

function rewrite(source, checker) {
  const required = new Map();
  const edits = [];
  const replace = (node, text) => edits.push({ start: node.getStart(source), end: node.getEnd(), text });

  const exportsStar = source.text.includes('__exportStar(');
  for (const statement of source.statements.filter(ts.isVariableStatement)) {
    const [declaration] = statement.declarationList.declarations;
    const module = requiredModule(declaration.initializer);
    if (!ts.isIdentifier(declaration.name)) {
      continue;
    }
    const name = declaration.name.text;
    if (module !== undefined) {
      required.set(declaration, name);
      replace(statement, `let ${name} = () => { const module = require(${JSON.stringify(module)}); ${name} = () => module; return module; };`);
    } else if (IMPORT_HELPERS.has(name) && !exportsStar) {
      replace(statement, '');
    }
  }

  const visit = (node) => {
    if (ts.isShorthandPropertyAssignment(node) && isRequired(checker.getShorthandAssignmentValueSymbol(node))) {
      replace(node, `${node.name.text}: ${node.name.text}()`);
    } else if (ts.isIdentifier(node) && isUse(node) && isRequired(checker.getSymbolAtLocation(node))) {
      // `new (a().B)()`, because `new a().B()` would create an `a`.
      const created = constructorOf(node);
      if (created === undefined) {
        replace(node, `${node.text}()`);
      } else {
        replace(created, `(${node.text}()${source.text.slice(node.getEnd(), created.getEnd())})`);
      }
    }
    ts.forEachChild(node, visit);
  };
  const isRequired = (symbol) => symbol?.declarations?.some((declaration) => required.has(declaration)) ?? false;
  source.statements.filter((statement) => !edits.some(({ start }) => start === statement.getStart(source))).forEach(visit);

  return edits.sort((a, b) => b.start - a.start).reduce((text, { start, end, text: edit }) => text.slice(0, start) + edit + text.slice(end), source.text);
}

/** The module of `require("…")` and of `__importStar(require("…"))`. */
function requiredModule(expression) {
  if (expression === undefined || !ts.isCallExpression(expression) || !ts.isIdentifier(expression.expression)) {
    return undefined;
  }
  const [argument] = expression.arguments;
  switch (expression.expression.text) {
    case 'require':
      return ts.isStringLiteral(argument) ? argument.text : undefined;
    case '__importStar':
      return requiredModule(argument);
    default:
      return undefined;
  }
}

/** Not the name of a property or a declaration. */
function isUse(identifier) {
  const { parent } = identifier;
  return !(ts.isPropertyAccessExpression(parent) && parent.name === identifier)
    && !(ts.isPropertyAssignment(parent) && parent.name === identifier)
    && !ts.isShorthandPropertyAssignment(parent);
}

/** The whole `a.B.C` of `new a.B.C()`, for the identifier `a`. */
function constructorOf(identifier) {
  let node = identifier;
  while (ts.isPropertyAccessExpression(node.parent) && node.parent.expression === node) {
    node = node.parent;
  }
  return ts.isNewExpression(node.parent) && node.parent.expression === node ? node : undefined;
}
