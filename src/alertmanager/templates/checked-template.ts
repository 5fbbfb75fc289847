import type { ParsedFile } from './call-graph';
import type { TemplatedField } from './templated-fields';
import type { FindingCode } from '../../findings/codes';
import { Finding, FindingSeverity, Position } from '../../findings/finding';
import { TextPosition } from '../../findings/text-position';
import type { ParsedTemplate } from '../../go/template/parse-template';
import type { ConfigReading, TemplateFile } from '../model';
import { formatPath } from '../read/config-path';

/** A parsed template that knows where in the user's files its places are. */
export interface CheckedTemplate {
  readonly parsed: ParsedTemplate;
  /** The base name of a template file; fields have none. */
  readonly fileName?: string;
  error(code: FindingCode, offset: number, message: string, fix: string): Finding;
  warning(code: FindingCode, offset: number, message: string, fix: string): Finding;
}

/** A template file: findings have the line and the column in it. */
export function fileTemplate(file: TemplateFile, parsed: ParsedTemplate): ParsedFile & CheckedTemplate {
  let positions: TextPosition | undefined;
  const place = (offset: number): Place => {
    positions ??= new TextPosition(file.text);
    return { position: { file: file.path, ...positions.of(offset) } };
  };
  return { name: file.name, fileName: file.name, parsed, ...findingsAt(place) };
}

/** A field: findings have the position of the field in the configuration, and say which line of its text is meant. */
export function fieldTemplate(field: TemplatedField, parsed: ParsedTemplate, reading: ConfigReading): CheckedTemplate {
  const isOneLine = !field.text.trimEnd().includes('\n');
  const place = (offset: number): Place => {
    const position = reading.positionOf(field.path);
    const { line, column } = new TextPosition(field.text).of(offset);
    return {
      path: formatPath(field.path),
      inText: isOneLine ? `, at character ${column}` : `, in line ${line} of the text`,
      ...(position && { position }),
    };
  };
  return { parsed, ...findingsAt(place) };
}

interface Place {
  readonly position?: Position;
  readonly path?: string;
  readonly inText?: string;
}

function findingsAt(placeOf: (offset: number) => Place): Pick<CheckedTemplate, 'error' | 'warning'> {
  const finding = (severity: FindingSeverity): CheckedTemplate['error'] => (code, offset, message, fix) => {
    const { inText, ...place } = placeOf(offset);
    return { code, severity, message: `${message}${inText ?? ''}`, fix, ...place };
  };
  return { error: finding(FindingSeverity.ERROR), warning: finding(FindingSeverity.WARNING) };
}
