import type { CheckedTemplate } from './checked-template';
import { functionAvailability, USABLE_FUNCTIONS } from './functions';
import { didYouMean } from '../../findings/near-miss';
import type { NamedPlace } from '../../go/template/parsed-template';

/** Functions and syntax that AMP's engine does not have, or might not have. Each is reported once per template, at its first position. */
export function checkFunctions(template: CheckedTemplate): void {
  firstPlaces(template.parsed.functions).forEach((place) => checkFunction(template, place));
  firstPlaces(template.parsed.recentSyntax).forEach(({ name, offset }) => warnUnverified(template, name, offset, '0.28'));
}

function checkFunction(template: CheckedTemplate, { name, offset }: NamedPlace): void {
  const availability = functionAvailability(name);
  switch (availability.kind) {
    case 'everywhere':
      return;
    case 'likely':
      warnUnverified(template, `function ${name}`, offset, availability.since);
      return;
    case 'too new':
      template.reporter.error(offset, {
        code: 'template-function-unavailable',
        message: `function ${name} exists since Alertmanager ${availability.since} only, and AMP is not known to have it`,
        fix: availability.instead,
      });
      return;
    case 'unknown':
      template.reporter.error(offset, {
        code: 'template-function-unknown',
        message: `function ${JSON.stringify(name)} does not exist in Alertmanager's templates`,
        fix: availability.hint || `${didYouMean(name, USABLE_FUNCTIONS)}see https://prometheus.io/docs/alerting/latest/notifications/#functions for those that exist`,
      });
  }
}

function warnUnverified(template: CheckedTemplate, what: string, offset: number, since: string): void {
  template.reporter.warning(offset, {
    code: 'template-feature-unverified',
    message: `${what} exists since Alertmanager ${since} only; AMP probably has it, but does not document it`,
    fix: 'send a test alert after the first deployment, then acknowledge this warning; or write the template without it',
    subject: what,
  });
}

function firstPlaces(places: readonly NamedPlace[]): NamedPlace[] {
  const first = new Map<string, NamedPlace>();
  for (const place of places) {
    if (!first.has(place.name)) {
      first.set(place.name, place);
    }
  }
  return [...first.values()];
}
