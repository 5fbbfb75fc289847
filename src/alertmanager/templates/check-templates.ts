import { Finding } from '../../findings/finding';
import type { ParsedConfig, TemplateFile } from '../model';
import { CallGraph, ParsedFile } from './call-graph';
import { checkFunctions } from './check-functions';
import { checkReferences } from './check-references';
import { checkTemplateTypes } from './check-template-types';
import { CheckedTemplate, fieldTemplate, fileTemplate } from './checked-template';
import { NeverSent } from './never-sent';
import { SLACK_COLOR_TEMPLATE } from './slack-fields';
import { isStatic } from './template-text';
import { templatedFields } from './templated-fields';
import { parsedOutside, unusedDefinitions, withoutRanges } from './unused-definitions';
import { sortFindings } from '../../findings/format';
import { parseTemplate } from '../../go/template/parse-template';

/**
 * What AMP would refuse, or what would lose notifications, in the template files and in the templated fields of all
 * entries that are translated. Fields of other integrations are not translated; definitions that no notification leads to are not part of
 * the alert manager definition. Neither is checked.
 *
 * @param files in loading order
 */
export function checkTemplates(reading: ParsedConfig, files: readonly TemplateFile[]): Finding[] {
  return processTemplates(reading, files).findings;
}

interface ProcessedTemplates {
  readonly findings: Finding[];
  /** The configuration, in which entries that Alertmanager can send nothing for are marked. */
  readonly reading: ParsedConfig;
  readonly files: TemplateFile[];
}

/** The findings of `checkTemplates`, and the files as the alert manager definition has them: without what no page leads to. */
export function processTemplates(reading: ParsedConfig, files: readonly TemplateFile[]): ProcessedTemplates {
  const wholeFiles = files.map((file) => fileTemplate(file, parseTemplate(file.text, file.name)));
  const fields = (reading.config ? templatedFields(reading.config, definesTemplate(wholeFiles, SLACK_COLOR_TEMPLATE)) : [])
    .filter(({ text }) => !isStatic(text))
    .map((field) => ({ ...fieldTemplate(field, parseTemplate(field.text), reading), path: field.path }));
  const graph = new CallGraph(wholeFiles, fields.map((field) => field.parsed));
  const unused = wholeFiles.map((file) => (reading.config ? unusedDefinitions(file, graph) : []));
  const parsedFiles = wholeFiles.map((file, index) => ({ ...file, parsed: parsedOutside(file.parsed, unused[index]) }));
  const all: readonly CheckedTemplate[] = [...parsedFiles, ...fields];
  const allParsed = parsedFiles.every((file) => !file.parsed.error);
  all.forEach(checkSyntax);
  all.forEach(checkFunctions);
  checkDefinedTwice(wholeFiles, graph);
  checkTemplateTypes(fields, parsedFiles);
  all.forEach((template) => checkReferences(template, graph, allParsed));
  const neverSent = new NeverSent(fields.map(({ path, reporter }) => ({ path, findings: reporter.findings })));
  return {
    findings: sortFindings([...parsedFiles.flatMap(({ reporter }) => reporter.findings), ...neverSent.findings()]),
    reading: neverSent.mark(reading),
    files: files.map((file, index) => withoutRanges(file, unused[index])).filter((file) => file !== undefined),
  };
}

function definesTemplate(files: readonly ParsedFile[], name: string): boolean {
  return files.some(({ parsed }) => parsed.definitions.some((definition) => definition.name === name));
}

function checkSyntax({ parsed: { error }, reporter }: CheckedTemplate): void {
  if (!error) {
    return;
  }
  const isOfRules = /^undefined variable "?\$(labels|value|externalLabels|externalURL)\b/.test(error.message);
  reporter.error(error.offset, {
    code: 'template-syntax',
    message: error.message,
    fix: isOfRules
      ? 'only the templates of Prometheus rules have this variable; use .CommonLabels, .CommonAnnotations or the labels of each alert in {{ range .Alerts }}'
      : 'correct the template, see https://pkg.go.dev/text/template',
  });
}

/** Names of templates for pages that several files define with content. */
function checkDefinedTwice(files: ReadonlyArray<ParsedFile & CheckedTemplate>, graph: CallGraph): void {
  const first = new Map<string, string>();
  for (const file of files) {
    for (const { name, offset } of file.parsed.definitions.filter((definition) => !definition.empty && graph.leadsTo(definition.name))) {
      const other = first.get(name);
      first.set(name, file.name);
      if (other !== undefined) {
        file.reporter.warning(offset, {
          code: 'template-defined-twice',
          message: `template ${JSON.stringify(name)} is defined in ${other} and in ${file.name}`,
          fix: 'the one that is loaded last, this one, wins; remove or rename one of them',
          subject: name,
        });
      }
    }
  }
}
