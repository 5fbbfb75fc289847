import { isStatic } from './template-text';
import { parseTemplate } from '../../go/template/parse-template';
import type { TemplateFile } from '../model';

/** Alertmanager's own templates that print the receiver's name, as part of a link to itself. */
const URL_PRINTER = '__alertmanagerURL';
const BUILT_IN_PRINTERS: readonly string[] = [
  URL_PRINTER, 'opsgenie.default.source', 'pagerduty.default.clientURL', 'pushover.default.url', 'rocketchat.default.titlelink',
  'slack.default.titlelink', 'wechat.default.message',
];

/**
 * The names of the templates that print the receiver's name by way of one of Alertmanager's own. What the user's templates print
 * or test themselves is the name in the user's file: the translation takes care of it.
 */
export function templatesUsingReceiver(files: readonly TemplateFile[]): ReadonlySet<string> {
  const callers = new Map<string, string[]>();
  const redefined = new Set<string>();
  for (const { name, text } of files) {
    const parsed = parseTemplate(text, name);
    for (const definition of parsed.definitions.filter(({ empty }) => !empty)) {
      redefined.add(definition.name);
    }
    for (const call of parsed.calls) {
      callers.set(call.name, [...callers.get(call.name) ?? [], call.within ?? name]);
    }
  }
  // All others print it by way of the URL.
  const waiting = redefined.has(URL_PRINTER) ? [] : BUILT_IN_PRINTERS.filter((name) => !redefined.has(name));
  const printers = new Set<string>();
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (!printers.has(name)) {
      printers.add(name);
      waiting.push(...callers.get(name) ?? []);
    }
  }
  return printers;
}

/** Whether a text prints the name of the receiver's copy, by what it calls. */
export function usesReceiver(text: string, printers: ReadonlySet<string>): boolean {
  return !isStatic(text) && parseTemplate(text).calls.some(({ name }) => printers.has(name));
}
