import { NEWER_BUILT_IN_TEMPLATES } from './built-in-templates';
import type { CallGraph } from './call-graph';
import type { CheckedTemplate } from './checked-template';
import { Finding } from '../../findings/finding';
import { didYouMean } from '../../findings/near-miss';
import type { FieldUse } from '../../go/template/parse-template';

/** What a notification has, in every version. */
const DATA_FIELDS: ReadonlySet<string> = new Set([
  'Alerts', 'CommonAnnotations', 'CommonLabels', 'ExternalURL', 'GroupLabels', 'Receiver', 'Status',
]);

/** What it has besides in newer Alertmanagers, with the version that introduced each. */
const NEWER_DATA_FIELDS: ReadonlyMap<string, string> = new Map([['NotificationReason', '0.32'], ['RouteLabels', '0.34']]);

/**
 * Templates, variables and data that a template refers to without their being there. Go parses such a template, but executing
 * it fails: an error where a field that is translated leads to it, a warning elsewhere.
 *
 * @param allParsed whether all template files could be read to their ends; if not, nobody knows what they would define.
 */
export function checkReferences(template: CheckedTemplate, graph: CallGraph, allParsed: boolean): Finding[] {
  return [
    ...(allParsed ? checkCalls(template, graph) : []),
    ...template.parsed.unboundVariables.map((place) => tell(template, graph, place)('template-variable-unbound', place.offset,
      `variable ${place.name} is not declared where this is executed`, `write {{ ${place.name} := … }} before, outside of the branches`)),
    ...template.parsed.fields.flatMap((field) => checkDataField(template, graph, field)),
  ];
}

function checkCalls(template: CheckedTemplate, graph: CallGraph): Finding[] {
  const own = new Set(template.parsed.definitions.map((definition) => definition.name));
  return template.parsed.calls
    .filter(({ name }) => !own.has(name) && !graph.isDefined(name))
    .map((call) => {
      const since = NEWER_BUILT_IN_TEMPLATES.get(call.name);
      const fix = since === undefined
        ? `${didYouMean(call.name, [...own, ...graph.names()])}define it in a file that is listed under templates: (the option templateDirectory says where the files are)`
        : `only Alertmanager ${since} and later define it; define it in a file that is listed under templates:`;
      return tell(template, graph, call)('template-undefined', call.offset, `template ${JSON.stringify(call.name)} is called but defined nowhere`, fix);
    });
}

/** Checks the first step of what is taken of the notification itself. */
function checkDataField(template: CheckedTemplate, graph: CallGraph, field: FieldUse): Finding[] {
  const [name] = field.chain;
  const since = field.of === '.' || field.of === '$' ? NEWER_DATA_FIELDS.get(name) : undefined;
  if (since !== undefined) {
    return [tell(template, graph, field)('template-field-unavailable', field.offset,
      `.${name} exists since Alertmanager ${since} only, and AMP is not known to have it`, 'write the template without it')];
  }
  if (!field.ofRoot || template.fileName !== undefined || DATA_FIELDS.has(name)) {
    return [];
  }
  const tellUnknown = field.conditional ? template.warning : template.error;
  return [tellUnknown('template-field-unknown', field.offset, `a notification has no field ${name}: executing the template fails there`,
    `${didYouMean(name, DATA_FIELDS)}the fields are ${[...DATA_FIELDS].map((known) => `.${known}`).join(', ')}`)];
}

/** An error where notifications would be lost, a warning where nothing that pages comes to. */
function tell(template: CheckedTemplate, graph: CallGraph, place: { readonly within?: string }): CheckedTemplate['error'] {
  return template.fileName === undefined || graph.isReached(template.fileName, place) ? template.error : template.warning;
}
