import { join } from 'path';
import { parse } from 'yaml';
import { decodeHead } from '../../../lambda/receive/decode/message-head';
import { AlertManagerConfig } from '../../../src/alertmanager/alert-manager-config';
import { AlertManagerConfigOptions, DetailsFormat, Incidents } from '../../../src/alertmanager/options';
import type { Translation, TranslationRequest } from '../../../src/alertmanager/translate/translation';
import type { MessageHead } from '../../../src/contract/message';
import { unpackDefinition } from '../../message/support/alertmanager';

export const FIXTURES = join(__dirname, 'fixtures');

export const REQUEST: TranslationRequest = {
  scopePath: 'Stack/Alerting',
  topicArn: 'arn:aws:sns:eu-west-1:123456789012:alerts',
  region: 'eu-west-1',
  incidents: Incidents.PER_GROUP,
  detailsFormat: DetailsFormat.TEXT,
};

export function translateText(text: string, request: Partial<TranslationRequest> = {}, options: AlertManagerConfigOptions = {}): Translation {
  return AlertManagerConfig.fromString(text, options)._translate({ ...REQUEST, ...request });
}

/** A configuration with these receivers, the first of them at the root and every other on a route of its own. */
export function configWith(...receivers: readonly object[]): string {
  const names = receivers.map((receiver) => (receiver as { name: string }).name);
  return JSON.stringify({
    route: { receiver: names[0], routes: names.slice(1).map((name) => ({ receiver: name, matchers: [`to=${JSON.stringify(name)}`] })) },
    receivers,
  });
}

/** The codes of the findings with the places that they name. */
export function told({ findings }: Pick<Translation, 'findings'>): string[] {
  return findings.map((finding) => `${finding.severity} ${finding.code} ${finding.path ?? ''}`.trim());
}

export interface DefinedReceiver {
  readonly name: string;
  readonly sns_configs?: ReadonlyArray<{
    readonly send_resolved: boolean;
    readonly topic_arn: string;
    readonly sigv4: object;
    readonly subject: string;
    readonly attributes: { readonly [name: string]: string };
    readonly message: string;
  }>;
}

export interface DefinedRoute {
  readonly receiver?: string;
  readonly group_by?: readonly string[];
  readonly matchers?: readonly string[];
  readonly routes?: readonly DefinedRoute[];
}

export interface DefinedConfig {
  readonly [section: string]: unknown;
  readonly route: DefinedRoute;
  readonly receivers: readonly DefinedReceiver[];
}

/** Alertmanager's part of the definition, as a YAML parser that is not ours reads it. */
export function configOf(translation: Translation): DefinedConfig {
  return parse(unpackDefinition(translation.definition).config);
}

/** The text with the construct's templates in the place of their calls. */
export function withCalls(text: string, translation: Translation): string {
  const { templates } = unpackDefinition(translation.definition);
  const defined = new Map([...(templates['cdk-amp-pagerduty.tmpl'] ?? '').matchAll(/\{\{ define ("(?:[^"\\]|\\.)*") \}\}([^]*?)\{\{ end \}\}\n(?=\n|$)/g)]
    .map(([, name, body]) => [name, body]));
  return text.replace(/\{\{ template ("(?:[^"\\]|\\.)*") \. \}\}/g, (call, name: string) => defined.get(name) ?? call);
}

/** The heads of the messages of a receiver, which is named by the user's name or by that of a copy, for a notification of one firing alert without labels. */
export function headsOf(translation: Translation, receiver: string): MessageHead[] {
  const configs = configOf(translation).receivers.find(({ name }) => name === receiver || name.startsWith(`${receiver}__route_`))?.sns_configs ?? [];
  return configs.map(({ message }) => {
    const whole = withCalls(message, translation);
    const line = whole.slice(whole.indexOf(' ') + 1, whole.indexOf('\n'));
    const rendered = line.replace('{{ printf "%q" .Status }}', '"firing"').replace('{{ .Alerts.Firing | len }}', '1')
      .replace('{{ .Alerts.Resolved | len }}', '0').replace(/\[\{\{ range.*\}\}\]/, '[]');
    return decodeHead(rendered).head;
  });
}
