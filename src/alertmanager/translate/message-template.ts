import { composeMessage } from './compose-message';
import { detailsSections } from './details-sections';
import { messageHead } from './message-head';
import type { OwnTemplates } from './own-templates';
import { section, Section, textSection } from './section';
import { SectionName } from '../../contract/message';
import type { PagerDutyConfig } from '../model';
import { DetailsFormat } from '../options';

/** What one event needs to know besides its `pagerduty_config`; fixed at synthesis. */
export interface MessageContext {
  /** The marker of this configuration's messages. */
  readonly marker: string;
  /** The receiver's name in the user's file. */
  readonly receiver: string;
  /** The end of the copy's name that `receiver` does not have. */
  readonly receiverSuffix?: string;
  readonly routeKey: string;
  /** The name of the routing key in the secret. */
  readonly routingKey: string;
  /** The endpoint's name, if it is not the default one. */
  readonly endpoint?: string;
  readonly detailsFormat: DetailsFormat;
  /** The name of the entry's templates, for example `pager.0`. */
  readonly templateName: string;
  readonly templates: OwnTemplates;
}

/** Alertmanager's own defaults, by reference: where the user's template files define them anew, theirs win. */
const DEFAULT_DESCRIPTION = '{{ template "pagerduty.default.description" . }}';
const DEFAULT_CLIENT = '{{ template "pagerduty.default.client" . }}';
const DEFAULT_CLIENT_URL = '{{ template "pagerduty.default.clientURL" . }}';
const DEFAULT_SEVERITY = 'error';

/**
 * The Go template of the SNS message for one `pagerduty_config` on one route, in the format of `src/contract/message.ts`:
 * head, short sections, links and images, details, end.
 */
export function messageTemplate(config: PagerDutyConfig, context: MessageContext): string {
  const { marker, receiver, receiverSuffix, routeKey, routingKey, endpoint, templateName, templates } = context;
  return composeMessage({
    head: messageHead({ receiver, receiverSuffix, routeKey, routingKey, endpoint }, templates),
    sections: [...fieldSections(config), ...linkSections(config), ...detailsSections(config, context.detailsFormat)],
    templateName,
  }, marker, templates);
}

/** The severity as the user's template or Alertmanager's default has it. An empty one means the default there, too. */
export function severityTemplate(config: PagerDutyConfig): string {
  return config.severity || DEFAULT_SEVERITY;
}

/**
 * The fields that are one text each. Where Alertmanager has no default, an empty field is the same as none and needs no
 * section; an empty field where it has one means that the user wants none.
 */
function fieldSections(config: PagerDutyConfig): Section[] {
  const optional: ReadonlyArray<readonly [SectionName, string | undefined]> = [
    [SectionName.SOURCE, config.source],
    [SectionName.CLASS, config.class],
    [SectionName.COMPONENT, config.component],
    [SectionName.GROUP, config.group],
    [SectionName.CLIENT, config.client ?? DEFAULT_CLIENT],
    [SectionName.CLIENT_URL, config.client_url ?? DEFAULT_CLIENT_URL],
  ];
  return [
    textSection([SectionName.SUMMARY], config.description ?? DEFAULT_DESCRIPTION),
    textSection([SectionName.SEVERITY], severityTemplate(config)),
    ...optional.flatMap(([name, text]) => (text ? [textSection([name], text)] : [])),
  ];
}

/** Links and images whose address is empty are dropped by Alertmanager after rendering, and by the relay as well. */
function linkSections(config: PagerDutyConfig): Section[] {
  const links = (config.links ?? []).flatMap((link, index) => [
    section(SectionName.LINKS, index, 'href', link.href),
    section(SectionName.LINKS, index, 'text', link.text),
  ]);
  const images = (config.images ?? []).flatMap((image, index) => [
    section(SectionName.IMAGES, index, 'src', image.src),
    section(SectionName.IMAGES, index, 'alt', image.alt),
    section(SectionName.IMAGES, index, 'href', image.href),
  ]);
  return [...links, ...images].filter((each): each is Section => each !== undefined);
}
