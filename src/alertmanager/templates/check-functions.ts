import type { CheckedTemplate } from './checked-template';
import { functionAvailability, USABLE_FUNCTIONS } from './functions';
import { Finding } from '../../findings/finding';
import { didYouMean } from '../../findings/near-miss';
import type { NamedPlace } from '../../go/template/parse-template';

/** Functions and syntax that AMP's engine does not have, or may not have. Each is told once per template, at its first place. */
export function checkFunctions(template: CheckedTemplate): Finding[] {
  return [
    ...firstPlaces(template.parsed.functions).flatMap((place) => checkFunction(template, place)),
    ...firstPlaces(template.parsed.recentSyntax).map(({ name, offset }) => unverified(template, name, offset, '0.28')),
  ];
}

function checkFunction(template: CheckedTemplate, { name, offset }: NamedPlace): Finding[] {
  const availability = functionAvailability(name);
  switch (availability.kind) {
    case 'everywhere':
      return [];
    case 'likely':
      return [unverified(template, `function ${name}`, offset, availability.since)];
    case 'too new':
      return [template.error('template-function-unavailable', offset,
        `function ${name} exists since Alertmanager ${availability.since} only, and AMP is not known to have it`, availability.instead)];
    case 'unknown':
      return [template.error('template-function-unknown', offset, `function ${JSON.stringify(name)} does not exist in Alertmanager's templates`,
        availability.hint || `${didYouMean(name, USABLE_FUNCTIONS)}see https://prometheus.io/docs/alerting/latest/notifications/#functions for those that exist`)];
  }
}

function unverified(template: CheckedTemplate, what: string, offset: number, since: string): Finding {
  return template.warning('template-feature-unverified', offset, `${what} exists since Alertmanager ${since} only; AMP probably has it, but does not say so`,
    'send a test alert after the first deployment, then acknowledge this warning; or write the template without it');
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
