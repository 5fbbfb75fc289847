import { detailsSections } from './details-sections';
import { definedTwice, templateFields } from './field-definitions';
import { isServiceKey, keyFile, literalKey, RoutingKeyNames } from './routing-key-names';
import { REDACTED } from './secret-names';
import { problemOfKey } from './secret-shape';
import { sectionLine } from './section';
import { MAX_SECTION_LINE_CHARACTERS } from '../../contract/message';
import type { FindingReporter } from '../../findings/reporter';
import type { AlertmanagerFile, ConfigPath, DetailsValue, HttpConfig, PagerDutyConfig, TemplateFile } from '../model';
import { DetailsFormat } from '../options';

/** The entries of `pagerduty_configs` that are translated, with their place in the file. */
type UsedConfigs = ReadonlyMap<PagerDutyConfig, ConfigPath>;

/** Routing keys that need a person. No message ever contains a key, nor a template that can contain one. */
export function checkKeys(used: UsedConfigs, keys: RoutingKeyNames, reporter: FindingReporter): void {
  for (const [config, place] of used) {
    const field = keyField(config);
    const path = [...place, field];
    const name = keys.get(config)?.name ?? '';
    const literal = literalKey(config);
    if (config.native_key) {
      const { secret_arn: arn, secret_key: member } = config.native_key;
      reporter.warning(path, {
        code: 'routing-key-native',
        message: `the routing key is the member ${JSON.stringify(member ?? '')} of the secret ${arn}, a form that only AMP's own PagerDuty receiver reads`,
        fix: `the relay reads the key under the name ${JSON.stringify(name)}: put it into the secret of routing keys under this name, or add a member of this name `
        + 'to your secret and pass the secret as routingKeys: RoutingKeys.fromSecret(…); then acknowledge this',
        subject: name,
      });
    } else if (literal?.includes('{{')) {
      reporter.error(path, {
        code: 'routing-key-templated',
        message: `the ${field} is a template, so the key would be in the message`,
        fix: 'write one receiver per key, each with a key of its own or a key file, and choose between them by routes',
      });
    } else if (literal === REDACTED) {
      reporter.error(path, {
        code: 'routing-key-redacted',
        message: `the ${field} is "${REDACTED}", which Alertmanager prints instead of a key: different keys cannot be distinguished`,
        fix: 'use the original alertmanager.yml, or replace it by routing_key_file with a different path per key',
      });
    } else if (literal === undefined && keyFile(config) !== undefined) {
      reporter.warning(path, {
        code: 'routing-key-file',
        message: `AMP cannot read the ${field} "${keyFile(config)}"`,
        fix: `put the content of the file into the secret of routing keys, under the name ${JSON.stringify(name)}, and acknowledge this`,
        subject: name,
      });
    }
    const problem = literal === undefined || literal === REDACTED || literal.includes('{{') ? undefined : problemOfKey(literal);
    if (problem !== undefined) {
      reporter.warning(path, {
        code: 'routing-key-implausible',
        message: `the ${field} ${problem}, so PagerDuty will not accept it`,
        fix: `use the integration key of the service, which has 32 letters and digits, and put it into the secret under the name ${JSON.stringify(name)}`,
      });
    }
    if (isServiceKey(config)) {
      reporter.warning(path, {
        code: 'service-key',
        message: `the ${field} is a key of the Events API v1; events are sent through the Events API v2, with their severity, links and images`,
        fix: 'this works if the key is that of a service integration which accepts v2 events; if PagerDuty refuses it, '
        + `create an integration of type "Events API v2" and put its key into the secret under the name ${JSON.stringify(name)}`,
        subject: name,
      });
    }
  }
}

function keyField(config: PagerDutyConfig): 'service_key' | 'service_key_file' | 'routing_key_file' | 'routing_key' {
  if (config.service_key) {
    return 'service_key';
  }
  if (config.service_key_file) {
    return 'service_key_file';
  }
  return config.routing_key ? 'routing_key' : 'routing_key_file';
}

/** Settings of the connection, which is not Alertmanager's any more, and fields that cannot share one template. */
export function checkSettings(
  file: AlertmanagerFile, used: UsedConfigs, templates: readonly TemplateFile[], reporter: FindingReporter,
): void {
  const inherits = [...used.keys()].some((config) => !config.http_config);
  if (inherits && changesHttp(file.global?.http_config)) {
    reportHttpConfig(['global', 'http_config'], reporter);
  }
  for (const [config, place] of used) {
    if (changesHttp(config.http_config)) {
      reportHttpConfig([...place, 'http_config'], reporter);
    }
    if (config.timeout) {
      reporter.warning([...place, 'timeout'], {
        code: 'timeout-dropped',
        message: `the timeout ${config.timeout} no longer applies: the relay has its own, and retries from a queue`,
        fix: 'remove it, or acknowledge this',
      });
    }
    reportTemplatedKeys(config.details ?? {}, [...place, 'details'], reporter, true);
    reportLongKeys(config, place, reporter);
    for (const name of definedTwice(templateFields(config), templates)) {
      reporter.error(place, {
        code: 'field-redefines-template',
        message: `a field defines the template ${JSON.stringify(name)}, which is defined elsewhere, too; all fields of an entry share one message`,
        fix: 'give it a name of its own, or define it once in a template file',
      });
    }
  }
}

/** Settings that every client of Alertmanager has anyway; its own dumps spell them out. */
const HARMLESS_HTTP = new Set(['follow_redirects', 'enable_http2']);

export function changesHttp(config: HttpConfig | undefined): boolean {
  return Object.keys(config ?? {}).some((field) => !HARMLESS_HTTP.has(field));
}

function reportHttpConfig(path: ConfigPath, reporter: FindingReporter): void {
  reporter.warning(path, {
    code: 'http-config-dropped',
    message: 'proxies, TLS settings and credentials of http_config no longer apply: events are sent by the relay in AWS, not by Alertmanager',
    fix: 'remove it, or acknowledge this; for your own gateway in front of PagerDuty use the prop pagerDutyRegion: PagerDutyRegion.endpoint(…)',
  });
}

/** From 0.30 on Alertmanager renders the keys of nested details. A section's name is fixed at synth. */
function reportTemplatedKeys(value: DetailsValue, path: ConfigPath, reporter: FindingReporter, isTop: boolean): void {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  for (const [key, item] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
    const place = [...path, key];
    if (!isTop && typeof key === 'string' && key.includes('{{')) {
      reporter.error(place, {
        code: 'details-key-templated',
        message: `the key ${JSON.stringify(key)} of nested details is a template`,
        fix: 'only the values of details can be templates: name the key literally',
      });
    }
    reportTemplatedKeys(item, place, reporter, false);
  }
}

/** How much of a line of keys is shown. */
const EXCERPT = 60;

/** The keys of details are written into the line that starts their section, which the relay reads up to a length only. */
function reportLongKeys(config: PagerDutyConfig, place: ConfigPath, reporter: FindingReporter): void {
  for (const section of detailsSections(config, DetailsFormat.TEXT)) {
    const line = sectionLine(section);
    if (line.length > MAX_SECTION_LINE_CHARACTERS) {
      // Without the keys themselves in the path, which would fill the screen.
      reporter.error([...place, 'details'], {
        code: 'details-key-too-long',
        message: `the keys ${line.slice(line.indexOf(' ') + 1, EXCERPT)}… take ${line.length} characters of a message, more than the maximum of ${MAX_SECTION_LINE_CHARACTERS}`,
        fix: 'shorten them; what is long belongs into the value',
      });
    }
  }
}
