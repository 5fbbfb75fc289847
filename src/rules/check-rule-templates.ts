import { isScalar, Node } from 'yaml';
import type { RuleFileContext } from './rule-file-context';
import { RULE_DATA, RULE_UNIVERSE } from './rule-template-types';
import { didYouMean } from '../findings/near-miss';
import { parseTemplate } from '../go/template/parse-template';
import type { ParsedTemplate } from '../go/template/parsed-template';
import { checkTypes } from '../go/template/typed/check-types';
import { excerpt } from '../yaml/field-reader';
import { offsetInSource } from '../yaml/offset-in-scalar';

/** What Prometheus puts in front of every template of a rule. */
const PREDEFINED = [
  '{{$labels := .Labels}}', '{{$externalLabels := .ExternalLabels}}', '{{$externalURL := .ExternalURL}}', '{{$value := .Value}}',
].join('');

/**
 * Go's own functions and those that the templates of rules have in every version of Prometheus that AMP can be. Alertmanager has
 * others.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/template_reference/
 */
const FUNCTIONS: ReadonlySet<string> = new Set([
  'and', 'call', 'eq', 'ge', 'gt', 'html', 'index', 'js', 'le', 'len', 'lt', 'ne', 'not', 'or', 'print', 'printf', 'println', 'slice', 'urlquery',
  'args', 'externalURL', 'first', 'graphLink', 'humanize', 'humanize1024', 'humanizeDuration', 'humanizePercentage', 'humanizeTimestamp', 'label',
  'match', 'parseDuration', 'pathPrefix', 'query', 'reReplaceAll', 'safeHtml', 'sortByLabel', 'stripDomain', 'stripPort', 'strvalue', 'tableLink',
  'title', 'toLower', 'toTime', 'toUpper', 'value',
]);

/** How many names of one template are reported. */
const MAX_NAMES = 20;

/** Those that came after Prometheus 2.42. */
const NEWER_FUNCTIONS: ReadonlySet<string> = new Set(['now', 'toDuration', 'urlQueryEscape']);

/** A rule, by its name, and the file that it is in. */
interface RuleContext extends RuleFileContext {
  readonly rule: string;
}

/** Checks the template in a label or an annotation of an alerting rule. */
export function checkRuleTemplate(context: RuleContext, node: Node | undefined, path: string): void {
  const scalar = context.values.resolve(node);
  if (!isScalar(scalar) || !String(scalar.value).includes('{{')) {
    return;
  }
  const parsed = parseTemplate(PREDEFINED + String(scalar.value));
  const place = (offset: number): number => offsetInSource(context.source, scalar, Math.max(0, offset - PREDEFINED.length));
  if (parsed.error) {
    context.values.reporter.error({ offset: place(parsed.error.offset), path }, {
      code: 'rule-template-invalid', message: `bad template: ${parsed.error.message}`, fix: 'correct the template; text that is meant literally is written {{ "{{" }}',
    });
  }
  warnOfHelmEscape(context, String(scalar.value), (offset) => offsetInSource(context.source, scalar, offset), path);
  checkFunctions(context, parsed, place, path);
  if (!parsed.error) {
    checkExecution(context, parsed, place, path);
  }
}

/** A constant with a whole action in it: the way to keep Helm from rendering the templates of rules. */
const HELM_ESCAPE = /\{\{-?\s*(?:`[^`]*\{\{[^`]*\}\}[^`]*`|"(?:[^"\\]|\\.)*\{\{(?:[^"\\]|\\.)*\}\}(?:[^"\\]|\\.)*")/;

function warnOfHelmEscape({ values, rule }: RuleContext, text: string, place: (offset: number) => number, path: string): void {
  const found = HELM_ESCAPE.exec(text);
  if (found) {
    values.reporter.warning({ offset: place(found.index), path }, {
      code: 'rule-helm-leftover',
      message: `the template prints its braces, as an escape for Helm: ${excerpt(found[0])}`,
      fix: 'remove the outer braces and quotes, or give the file that the chart renders',
      subject: rule,
    });
  }
}

function checkFunctions({ values, rule }: RuleContext, parsed: ParsedTemplate, place: (offset: number) => number, path: string): void {
  for (const { name, offset } of firstOfEach(parsed.functions.filter((called) => !FUNCTIONS.has(called.name)), (called) => called.name)) {
    if (NEWER_FUNCTIONS.has(name)) {
      values.reporter.warning({ offset: place(offset), path }, {
        code: 'rule-template-version',
        message: `template function ${name} needs prometheus 2.43 or later`,
        fix: 'acknowledge the warning once AMP has accepted the rule, or write the template without it',
        subject: rule,
      });
    } else {
      values.reporter.error({ offset: place(offset), path }, {
        code: 'rule-template-invalid',
        message: `unknown template function ${JSON.stringify(name)}`,
        fix: `${didYouMean(name, FUNCTIONS)}the functions are listed at https://prometheus.io/docs/prometheus/latest/configuration/template_reference/`,
      });
    }
  }
}

/** Prometheus accepts such a rule, and sends the text of an error in place of the annotation. */
function checkExecution({ values, rule }: RuleContext, parsed: ParsedTemplate, place: (offset: number) => number, path: string): void {
  // What depends on the series that a query finds, or on the text of a label, is the author's business.
  const problems = checkTypes(parsed.tree, { type: RULE_DATA }, RULE_UNIVERSE).filter(({ kind }) => kind !== 'data');
  for (const { kind, offset, message, fix } of firstOfEach(problems, (problem) => problem.message)) {
    values.reporter.warning({ offset: place(offset), path }, {
      code: kind === 'field' ? 'rule-template-field' : 'rule-template-fails',
      message: `${message}: the page has the text of an error in place of this`,
      fix,
      subject: rule,
    });
  }
}

/** The first use of each name: the others are the same mistake. */
function firstOfEach<T>(uses: readonly T[], nameOf: (use: T) => string): T[] {
  const first = new Map<string, T>();
  for (const use of uses) {
    const name = nameOf(use);
    if (!first.has(name)) {
      first.set(name, use);
    }
  }
  return [...first.values()].slice(0, MAX_NAMES);
}
