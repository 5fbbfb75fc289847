import { BUILT_IN_NEEDS, PAGERDUTY_TEMPLATES } from './built-in-templates';
import type { ParsedFile } from './call-graph';
import type { CheckedTemplate } from './checked-template';
import { fixField } from './fix-field';
import { FUNCTION_SIGNATURES } from './function-signatures';
import { NOTIFICATION } from './notification-types';
import type { FindingCode } from '../../findings/codes';
import { parseTemplate } from '../../go/template/parse-template';
import type { TreeNode } from '../../go/template/tree';
import { checkTypes } from '../../go/template/typed/check-types';
import type { Fact } from '../../go/template/typed/facts';
import type { CalledTemplate, TypeProblem, Universe } from '../../go/template/typed/universe';

/** What a notification has besides in newer Alertmanagers, with the version that introduced each. */
const NEWER_FIELDS: ReadonlyMap<string, string> = new Map([['NotificationReason', '0.32'], ['RouteLabels', '0.34']]);

const CODES: { readonly [Kind in TypeProblem['kind']]: FindingCode } = {
  field: 'template-field-unknown',
  type: 'template-wrong-type',
  arguments: 'template-wrong-arguments',
  constant: 'template-invalid-constant',
  data: 'template-depends-on-data',
};

/** Templates that are executed with a notification although no field of the user's calls them. */
const EXECUTED_WITH_NOTIFICATION: ReadonlySet<string> = new Set(PAGERDUTY_TEMPLATES.filter((name) => BUILT_IN_NEEDS.get(name) !== 'alerts'));

const FIRING = '$.Alerts.Firing';
const RESOLVED = '$.Alerts.Resolved';

/** Follows the types of a notification through the fields, and through the template files where the fields lead to them. */
export function checkTemplateTypes(fields: readonly CheckedTemplate[], files: ReadonlyArray<ParsedFile & CheckedTemplate>): void {
  const library = new Library(files);
  const universe: Universe = {
    functions: FUNCTION_SIGNATURES,
    facts: [{ path: '$.Alerts', min: 1 }],
    implications,
    comparison,
    fixField,
    template: (name) => library.find(name),
  };
  const universeOfFiring: Universe = { ...universe, facts: [...universe.facts, { path: FIRING, min: 1 }] };
  const known = [new Map<CheckedTemplate['parsed'], readonly TypeProblem[]>(), new Map<CheckedTemplate['parsed'], readonly TypeProblem[]>()];
  const reported = new Set<string>();
  const report = (problem: TypeProblem, template: CheckedTemplate): void => {
    const source = problem.source === undefined ? template : library.file(problem.source) ?? template;
    const key = JSON.stringify([problem.source, problem.offset, problem.message]);
    if (source === template || !reported.has(key)) {
      reported.add(key);
      reportProblem(problem, source);
    }
  };
  for (const field of fields.filter(({ parsed }) => !parsed.error)) {
    const [knownProblems, fieldUniverse] = field.firingOnly ? [known[1], universeOfFiring] : [known[0], universe];
    const problems = knownProblems.get(field.parsed)
      ?? checkTypes(field.parsed.tree, { type: NOTIFICATION, path: '$' }, library.beside(field, fieldUniverse));
    knownProblems.set(field.parsed, problems);
    problems.forEach((problem) => report(problem, field));
  }
  for (const { file, name } of library.overridden()) {
    checkTypes([call(name)], { type: NOTIFICATION, path: '$' }, universe).forEach((problem) => report(problem, file));
  }
}

/** `{{ template "name" . }}` */
function call(name: string): TreeNode {
  const dot = { kind: 'dot', offset: 0, end: 0, text: '.', chain: [] } as const;
  return { kind: 'template', name, offset: 0, argument: { offset: 0, targets: [], assigns: false, commands: [[dot]] } };
}

function reportProblem({ kind, offset, message, fix }: TypeProblem, { reporter }: CheckedTemplate): void {
  const newer = kind === 'field' ? /^a notification has no field (\w+)$/.exec(message)?.[1] : undefined;
  const since = newer === undefined ? undefined : NEWER_FIELDS.get(newer);
  if (since !== undefined) {
    reporter.error(offset, {
      code: 'template-field-unavailable',
      message: `.${newer} exists since Alertmanager ${since} only, and AMP is not known to have it`,
      fix: 'write the template without it',
    });
  } else if (kind === 'data') {
    reporter.warning(offset, { code: CODES.data, message, fix });
  } else {
    reporter.error(offset, { code: CODES[kind], message: `${message}: executing the template fails there`, fix });
  }
}

/** A notification that fires has an alert that fires; one that is resolved has only alerts that are resolved, at least one. */
function implications({ path, isEmpty }: Fact): Fact[] {
  return isEmpty && path === FIRING ? [{ path: RESOLVED, min: 1 }] : isEmpty && path === RESOLVED ? [{ path: FIRING, min: 1 }] : [];
}

/** What a comparison of a status says about the lists of alerts. */
function comparison(path: string, text: string): ReturnType<NonNullable<Universe['comparison']>> {
  const status = text.toLowerCase();
  if (path === '$.Status') {
    const [firing, resolved]: Fact[][] = [[{ path: FIRING, min: 1 }], [{ path: FIRING, isEmpty: true }, { path: RESOLVED, min: 1 }]];
    return status === 'firing' ? { whenTrue: firing, whenFalse: resolved } : status === 'resolved' ? { whenTrue: resolved, whenFalse: firing } : undefined;
  }
  if (/^\$\.Alerts\b.*\]\.Status$/.test(path)) {
    const list = status === 'firing' ? FIRING : status === 'resolved' ? RESOLVED : undefined;
    return list && { whenTrue: [{ path: list, min: 1 }], whenFalse: [] };
  }
  return undefined;
}

/** The templates that exist: the user's, of which the last one with content wins, and Alertmanager's own. */
class Library {
  private readonly files = new Map<string, ParsedFile & CheckedTemplate>();
  private readonly templates = new Map<string, CalledTemplate>();

  constructor(files: ReadonlyArray<ParsedFile & CheckedTemplate>) {
    for (const file of files) {
      this.files.set(file.name, file);
      this.add(file, file.name, file.parsed.tree);
      file.parsed.definitionTrees.forEach((tree, name) => this.add(file, name, tree));
    }
  }

  public file(name: string): CheckedTemplate | undefined {
    return this.files.get(name);
  }

  public find(name: string): CalledTemplate | undefined {
    return this.templates.get(name) ?? builtIn(name);
  }

  /** What a field defines for itself comes first; its problems belong to the field. */
  public beside({ parsed }: CheckedTemplate, universe: Universe): Universe {
    const { definitionTrees } = parsed;
    if (definitionTrees.size === 0) {
      return universe;
    }
    const template = (name: string): CalledTemplate | undefined => {
      const tree = definitionTrees.get(name);
      return tree && (tree.length > 0 || !this.find(name)) ? { tree, source: '' } : this.find(name);
    };
    return { ...universe, template };
  }

  /** Alertmanager's templates that the user defines anew, and that Alertmanager itself executes with a notification. */
  public overridden(): Array<{ readonly file: CheckedTemplate; readonly name: string }> {
    return [...this.templates].flatMap(([name, { source }]) => {
      const file = source === undefined ? undefined : this.files.get(source);
      return file && EXECUTED_WITH_NOTIFICATION.has(name) ? [{ file, name }] : [];
    });
  }

  private add(file: ParsedFile, name: string, tree: readonly TreeNode[]): void {
    if (!file.parsed.error && (tree.length > 0 || !this.templates.has(name))) {
      this.templates.set(name, { tree, source: file.name });
    }
  }
}

/** As much of Alertmanager's own templates as decides what they can be executed with. */
const BODIES = {
  anything: { text: '', needs: 'anything' },
  notification: { text: '{{ .Status | toUpper }}{{ .Alerts.Firing | len }}', needs: 'the notification: . where it still is the notification, $ elsewhere' },
  link: { text: '{{ .ExternalURL }}', needs: 'the notification: . where it still is the notification, $ elsewhere' },
  alerts: { text: '{{ range . }}{{ range .Labels.SortedPairs }}{{ .Name }}{{ end }}{{ end }}', needs: 'a list of alerts, such as .Alerts.Firing' },
} as const;

function builtIn(name: string): CalledTemplate | undefined {
  const kind = BUILT_IN_NEEDS.get(name);
  return kind && { tree: parseTemplate(BODIES[kind].text).tree, needs: BODIES[kind].needs };
}
