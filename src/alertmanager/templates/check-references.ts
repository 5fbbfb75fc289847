import { NEWER_BUILT_IN_TEMPLATES } from './built-in-templates';
import type { CallGraph } from './call-graph';
import type { CheckedTemplate } from './checked-template';
import { FindingSeverity } from '../../findings/finding';
import { didYouMean } from '../../findings/near-miss';

/**
 * Templates and variables that a template refers to without their being there. Go parses such a template, but executing
 * it fails: an error where a field that is translated leads to it, a warning elsewhere.
 *
 * @param allParsed whether all template files could be read to their ends; if not, nobody knows what they would define.
 */
export function checkReferences(template: CheckedTemplate, graph: CallGraph, allParsed: boolean): void {
  if (allParsed) {
    checkCalls(template, graph);
  }
  for (const place of template.parsed.unboundVariables) {
    template.reporter.report(place.offset, {
      code: 'template-variable-unbound',
      severity: severityAt(template, graph, place),
      message: `variable ${place.name} is not declared where this is executed`,
      fix: `write {{ ${place.name} := … }} before, outside of the branches`,
    });
  }
}

function checkCalls(template: CheckedTemplate, graph: CallGraph): void {
  const own = new Set(template.parsed.definitions.map((definition) => definition.name));
  for (const call of template.parsed.calls.filter(({ name }) => !own.has(name) && !graph.isDefined(name))) {
    const since = NEWER_BUILT_IN_TEMPLATES.get(call.name);
    template.reporter.report(call.offset, {
      code: 'template-undefined',
      severity: severityAt(template, graph, call),
      message: `template ${JSON.stringify(call.name)} is called but defined nowhere`,
      fix: since === undefined
        ? `${didYouMean(call.name, [...own, ...graph.names()])}define it in a file that is listed under templates: (the option templateDirectory says where the files are)`
        : `only Alertmanager ${since} and later define it; define it in a file that is listed under templates:`,
    });
  }
}

/** An error where notifications would be lost, a warning in what no page executes. */
function severityAt(template: CheckedTemplate, graph: CallGraph, place: { readonly within?: string }): FindingSeverity {
  return template.fileName === undefined || graph.isReached(template.fileName, place) ? FindingSeverity.ERROR : FindingSeverity.WARNING;
}
