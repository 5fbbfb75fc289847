import { isStatic } from './template-text';
import { parseTemplate, ParsedTemplate, receiverPlaces } from '../../go/template/parse-template';
import type { TemplateFile } from '../model';

/** Alertmanager's own templates that print the receiver's name, as part of a link to itself. */
const BUILT_IN_PRINTERS: readonly string[] = [
  '__alertmanagerURL', 'opsgenie.default.source', 'pagerduty.default.clientURL', 'pushover.default.url', 'rocketchat.default.titlelink',
  'slack.default.titlelink', 'wechat.default.message',
];

/** The names of the templates that print or test the receiver's name, themselves or by what they call. */
export function receiverPrinters(files: readonly TemplateFile[]): ReadonlySet<string> {
  const callers = new Map<string, string[]>();
  const waiting = [...BUILT_IN_PRINTERS];
  for (const { name, text } of files) {
    const parsed = parseTemplate(text, name);
    waiting.push(...receiverPlaces(parsed).map(({ within }) => within ?? name));
    for (const call of parsed.calls) {
      callers.set(call.name, [...callers.get(call.name) ?? [], call.within ?? name]);
    }
  }
  const printers = new Set<string>();
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (!printers.has(name)) {
      printers.add(name);
      waiting.push(...callers.get(name) ?? []);
    }
  }
  return printers;
}

/** Whether a text prints or tests the receiver's name, itself or by what it calls. */
export function printsReceiver(text: string, printers: ReadonlySet<string>): boolean {
  const parsed: ParsedTemplate | undefined = isStatic(text) ? undefined : parseTemplate(text);
  return parsed !== undefined && (receiverPlaces(parsed).length > 0 || parsed.calls.some(({ name }) => printers.has(name)));
}
