import { parseTemplate } from '../../go/template/parse-template';
import type { AlertmanagerFile, ParsedConfig, PagerDutyConfig, ReceiverConfig, TemplateFile, WebhookConfig } from '../model';
import { checkSecretUrl } from '../read/check-url';

const ONE_CALL = /^\s*\{\{-?\s*template\s+(?:"([^"\\]+)"|`([^`]+)`)\s*(?:\.|\$)?\s*-?\}\}\s*$/;

/**
 * The configuration with routing keys and URLs in the place of templates that only name one: `{{ template "keys.pager" . }}`, where a
 * file defines `keys.pager` as plain text. Such a secret is as constant as one in the configuration itself.
 */
export function withConstantSecrets(reading: ParsedConfig, files: readonly TemplateFile[]): ParsedConfig {
  const { config } = reading;
  const constants = files.length > 0 && config ? plainDefinitions(files) : new Map<string, string>();
  return config && constants.size > 0 ? { ...reading, config: replaceSecrets(config, constants) } : reading;
}

function replaceSecrets(config: AlertmanagerFile, constants: ReadonlyMap<string, string>): AlertmanagerFile {
  return {
    ...config,
    receivers: config.receivers.map((receiver): ReceiverConfig => ({
      ...receiver,
      pagerduty_configs: receiver.pagerduty_configs.map((entry) => withKey(entry, constants)),
      webhook_configs: receiver.webhook_configs.map((entry) => withUrl(entry, constants)),
    })),
  };
}

function withKey(entry: PagerDutyConfig, constants: ReadonlyMap<string, string>): PagerDutyConfig {
  const replaced = (['routing_key', 'service_key'] as const).flatMap((field) => {
    const key = constantOf(entry[field], constants);
    return key === undefined ? [] : [[field, key] as const];
  });
  return replaced.length === 0 ? entry : { ...entry, ...Object.fromEntries(replaced) };
}

/** A text that is not a URL stays a template, which is refused because nothing in front of it fixes the host. */
function withUrl(entry: WebhookConfig, constants: ReadonlyMap<string, string>): WebhookConfig {
  const url = constantOf(entry.url, constants);
  return url === undefined || checkSecretUrl(url) ? entry : { ...entry, url };
}

function constantOf(text: string | undefined, constants: ReadonlyMap<string, string>): string | undefined {
  const call = ONE_CALL.exec(text ?? '');
  return call ? constants.get(call[1] ?? call[2]) : undefined;
}

/** The definitions that have no actions. Where several files define a name, the last one counts. */
function plainDefinitions(files: readonly TemplateFile[]): Map<string, string> {
  const plain = new Map<string, string>();
  for (const { name: file, text } of files.filter(({ text: content }) => content.includes('define'))) {
    const { definitions, definitionTrees, error } = parseTemplate(text, file);
    for (const { name, offset, end, empty } of error ? [] : definitions.filter((definition) => !definition.empty)) {
      const body = /^\{\{[^]*?\}\}([^]*)\{\{[^]*?\}\}$/.exec(text.slice(offset, end))?.[1];
      if (!empty && body !== undefined && definitionTrees.get(name)?.length === 0 && !body.includes('{{')) {
        plain.set(name, body.trim());
      } else {
        plain.delete(name);
      }
    }
  }
  return plain;
}
