import type { ParsedFile } from './call-graph';
import type { TemplatedField } from './templated-field';
import { FindingReporter } from '../../findings/reporter';
import { TextPosition } from '../../findings/text-position';
import type { ParsedTemplate } from '../../go/template/parsed-template';
import type { ParsedConfig, TemplateFile } from '../model';
import { subjectOf } from '../report';

/** A parsed template, and the reporter for what is wrong in it: places are offsets into its text. */
export interface CheckedTemplate {
  readonly parsed: ParsedTemplate;
  /** The base name of a template file; fields have none. */
  readonly fileName?: string;
  readonly reporter: FindingReporter;
  /** Whether it is a field that is only executed while an alert fires. */
  readonly firingOnly?: boolean;
}

/** A template file: findings have the line and the column in it. */
export function fileTemplate(file: TemplateFile, parsed: ParsedTemplate): ParsedFile & CheckedTemplate {
  return { name: file.name, fileName: file.name, parsed, reporter: FindingReporter.forText(file.path, file.text) };
}

/** A field: findings have the position of the field in the configuration, and say which line of its text is meant. */
export function fieldTemplate(field: TemplatedField, parsed: ParsedTemplate, reading: ParsedConfig): CheckedTemplate {
  const isOneLine = !field.text.trimEnd().includes('\n');
  const reporter = new FindingReporter(({ offset = 0 }) => {
    const { line, column } = new TextPosition(field.text).of(offset);
    return {
      path: field.path,
      position: reading.positionOf(field.path),
      subject: reading.config && subjectOf(reading.config, field.path),
      detail: isOneLine ? `, at character ${column}` : `, in line ${line} of the text`,
    };
  });
  return { parsed, reporter, firingOnly: field.firingOnly };
}
