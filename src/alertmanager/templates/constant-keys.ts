import { parseTemplate } from '../../go/template/parse-template';
import type { AlertmanagerFile, PagerDutyConfig, ParsedConfig, TemplateFile } from '../model';

const ONE_CALL = /^\s*\{\{-?\s*template\s+(?:"([^"\\]+)"|`([^`]+)`)\s*(?:\.|\$)?\s*-?\}\}\s*$/;

/**
 * The configuration with routing keys in the place of templates that only name one: `{{ template "keys.pager" . }}`, where a file
 * defines `keys.pager` as plain text. Such a key is as constant as one in the configuration itself.
 */
export function withConstantKeys(reading: ParsedConfig, files: readonly TemplateFile[]): ParsedConfig {
  const { config } = reading;
  const keys = files.length > 0 && config ? plainDefinitions(files) : new Map<string, string>();
  return config && keys.size > 0 ? { ...reading, config: replaceKeys(config, keys) } : reading;
}

function replaceKeys(config: AlertmanagerFile, keys: ReadonlyMap<string, string>): AlertmanagerFile {
  return {
    ...config,
    receivers: config.receivers.map((receiver) => ({
      ...receiver, pagerduty_configs: receiver.pagerduty_configs.map((entry) => withKey(entry, keys)),
    })),
  };
}

function withKey(entry: PagerDutyConfig, keys: ReadonlyMap<string, string>): PagerDutyConfig {
  const replaced = (['routing_key', 'service_key'] as const).flatMap((field) => {
    const call = ONE_CALL.exec(entry[field] ?? '');
    const key = call ? keys.get(call[1] ?? call[2]) : undefined;
    return key === undefined ? [] : [[field, key] as const];
  });
  return replaced.length === 0 ? entry : { ...entry, ...Object.fromEntries(replaced) };
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
