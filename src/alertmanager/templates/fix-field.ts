import { ALERT, LABEL_SET, NOTIFICATION } from './notification-types';
import { didYouMean, nearMiss } from '../../findings/near-miss';
import type { GoType } from '../../go/template/typed/types';

const names = (type: GoType): string[] => [...type.fields?.keys() ?? [], ...type.methods?.keys() ?? []];

/**
 * What to write instead of a field that does not exist.
 *
 * @param chain the field and those that follow it
 * @param dollar the type of `$` at this place
 * @param expression what stands before the field
 */
export function fixField(type: GoType, chain: readonly string[], dollar: GoType, expression: string): string {
  const [name] = chain;
  const path = `.${chain.join('.')}`;
  if (type.kind === 'list') {
    return fixFieldOfList(type, name, path, expression);
  }
  if (type.kind === 'string') {
    return `a string has no fields: write {{ ${expression || '.'} }}; a name after a set of labels is the name of a label`;
  }
  if (type.title === 'a pair') {
    return name === 'Key' ? 'write .Name' : 'a pair has .Name and .Value';
  }
  if (type !== NOTIFICATION && NOTIFICATION.fields?.has(name) && dollar === NOTIFICATION) {
    return type === ALERT && name.startsWith('Common') ? `write $${path}, or ${path.replace('.Common', '.')} for what this alert has` : `write $${path}`;
  }
  if (type === NOTIFICATION) {
    return fixFieldOfNotification(name, path);
  }
  if (type === ALERT) {
    return name === 'Value' || name === 'Values'
      ? 'a notification does not have the value of the expression: print {{ $value }} in an annotation of the rule, and that annotation here'
      : `${didYouMean(name, names(ALERT))}an alert has ${names(ALERT).map((known) => `.${known}`).join(', ')}`;
  }
  return names(type).length > 0 ? `${didYouMean(name, names(type))}there are ${names(type).map((known) => `.${known}`).join(', ')}` : `remove .${name}`;
}

function fixFieldOfList(type: GoType, name: string, path: string, expression: string): string {
  const list = expression || '.';
  const element = type.element?.();
  if (element?.fields?.has(name)) {
    const common = name === 'Labels' || name === 'Annotations' ? `, or $.Common${path.slice(1)} for what all alerts share` : '';
    return `write {{ range ${list} }}{{ ${path} }}{{ end }}${common}`;
  }
  if (/^(?:len|length|count|size)$/i.test(name)) {
    return `write {{ len ${list} }}`;
  }
  const known = names(type);
  return `${didYouMean(name, known)}${known.length > 0 ? `there are ${known.map((each) => `.${each}`).join(', ')}; ` : ''}`
    + `take the entries one by one: {{ range ${list} }}…{{ end }}`;
}

function fixFieldOfNotification(name: string, path: string): string {
  const fields = names(NOTIFICATION);
  const meant = nearMiss(name, fields);
  const listed = `the fields are ${fields.map((known) => `.${known}`).join(', ')}`;
  if (meant === undefined && ALERT.fields?.has(name)) {
    return ALERT.fields.get(name)?.() === LABEL_SET
      ? `write .Common${path.slice(1)}, or {{ range .Alerts }}{{ ${path} }}{{ end }}`
      : `write {{ range .Alerts }}{{ ${path} }}{{ end }}`;
  }
  return `${didYouMean(name, fields)}${listed}`;
}
