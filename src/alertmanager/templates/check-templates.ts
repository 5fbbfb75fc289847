import { Finding } from '../../findings/finding';
import type { ParsedConfig, TemplateFile } from '../model';
import { CallGraph, ParsedFile } from './call-graph';
import { checkFunctions } from './check-functions';
import { checkReferences } from './check-references';
import { checkTemplateTypes } from './check-template-types';
import { CheckedTemplate, fieldTemplate, fileTemplate } from './checked-template';
import { isStatic } from './template-text';
import { templatedFields } from './templated-fields';
import { sortFindings } from '../../findings/format';
import { parseTemplate } from '../../go/template/parse-template';

/**
 * What AMP would refuse, or what would lose notifications, in the template files and in the templated fields of all
 * `pagerduty_configs` and `sns_configs`. Fields of other integrations are not looked at, because they are not translated; template files are as a
 * whole, because AMP parses them so.
 *
 * @param files in loading order
 */
export function checkTemplates(reading: ParsedConfig, files: readonly TemplateFile[]): Finding[] {
  const parsedFiles = files.map((file) => fileTemplate(file, parseTemplate(file.text, file.name)));
  const fields = (reading.config ? templatedFields(reading.config) : [])
    .filter(({ text }) => !isStatic(text))
    .map((field) => fieldTemplate(field, parseTemplate(field.text), reading));
  const all: readonly CheckedTemplate[] = [...parsedFiles, ...fields];
  const graph = new CallGraph(parsedFiles, fields.map((field) => field.parsed));
  const allParsed = parsedFiles.every((file) => !file.parsed.error);
  all.forEach(checkSyntax);
  all.forEach(checkFunctions);
  checkDefinedTwice(parsedFiles);
  checkTemplateTypes(fields, parsedFiles);
  all.forEach((template) => checkReferences(template, graph, allParsed));
  return sortFindings(all.flatMap(({ reporter }) => reporter.findings));
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

/** Names that several files define with content. */
function checkDefinedTwice(files: ReadonlyArray<ParsedFile & CheckedTemplate>): void {
  const first = new Map<string, string>();
  for (const file of files) {
    for (const { name, offset } of file.parsed.definitions.filter(({ empty }) => !empty)) {
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
