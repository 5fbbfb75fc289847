import { writeMatcher } from '../../../src/alertmanager/matchers/print';
import type { AlertmanagerFile, MatcherConfig, PagerDutyConfig, RouteConfig, TemplateFile } from '../../../src/alertmanager/model';
import { DetailsFormat, Incidents, UnsupportedReceivers } from '../../../src/alertmanager/options';
import { translate } from '../../../src/alertmanager/translate/translate';
import type { Translation, TranslationRequest } from '../../../src/alertmanager/translate/translation';

export const TOPIC_ARN = 'arn:aws:sns:eu-west-1:123456789012:alerts';

/** Translates a configuration that needs no reading. */
export function translateFile(
  file: AlertmanagerFile, request: Partial<TranslationRequest> = {}, templates: readonly TemplateFile[] = [],
): Translation {
  return translate({ text: JSON.stringify(file), parsed: { config: file, findings: [], positionOf: () => undefined }, templates }, {
    scopePath: 'Stack/Alerting',
    topicArn: TOPIC_ARN,
    region: 'eu-west-1',
    incidents: Incidents.PER_GROUP,
    detailsFormat: DetailsFormat.TEXT,
    ...request,
  }, UnsupportedReceivers.ERROR);
}

/** A route with what a test does not care about left out. */
export function route(fields: Partial<RouteConfig>): RouteConfig {
  return { matchers: [], routes: [], ...fields };
}

export function receiver(name: string, ...configs: PagerDutyConfig[]): AlertmanagerFile['receivers'][number] {
  return { name, pagerduty_configs: configs, webhook_configs: [], email_configs: [], sns_configs: [], slack_configs: [], others: [] };
}

/** The file as `alertmanager.yml` for Alertmanager's own PagerDuty notifier, whose events go to `url`. */
export function nativeYaml(file: AlertmanagerFile, url: string): string {
  return asciiJson({
    templates: file.templates,
    route: nativeRoute(file.route),
    receivers: file.receivers.map(({ name, pagerduty_configs: configs }) => ({
      name,
      pagerduty_configs: configs.map((config) => ({ ...config, url: `${url}/v2/enqueue` })),
    })),
  });
}

/** Routes as Alertmanager writes them, with matchers as text. */
export function nativeRoute({ matchers, routes, ...rest }: RouteConfig): object {
  return { ...rest, matchers: matchers.map((matcher: MatcherConfig) => writeMatcher(matcher)), routes: routes.map(nativeRoute) };
}

/** JSON is YAML; go-yaml takes some characters above ASCII for line breaks, so they are escaped. */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(/[^\x20-\x7e]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
