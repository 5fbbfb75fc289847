import { isUtf8 } from 'buffer';
import { extractConfig } from './extract-config';
import { readConfig } from './read-config';
import type { Diagnostic } from '../../findings/diagnostic';
import { fixMissingFile } from '../../findings/missing-file';
import { FindingReporter } from '../../findings/reporter';
import type { LoadedConfig } from '../model';
import type { AlertManagerConfigOptions } from '../options';
import { processTemplates } from '../templates/check-templates';
import { withConstantSecrets } from '../templates/constant-secrets';
import { loadTemplateFiles } from '../templates/template-files';

/** Where the text comes from. Reading is deferred until the findings of all files can be reported together. */
export interface ConfigSource {
  /** What findings call the file. */
  readonly name: string;
  readonly baseDirectory: string;
  /** The bytes, or why there is nothing to read. */
  readonly content: (() => Uint8Array) | Diagnostic;
}

/** Reads and checks a configuration together with its template files. Never throws. */
export function loadSource(source: ConfigSource, options: AlertManagerConfigOptions): LoadedConfig {
  const text = readText(source);
  if (typeof text !== 'string') {
    const reporter = FindingReporter.forProps();
    reporter.error({}, text);
    return { text: '', parsed: { findings: [], positionOf: () => undefined }, templates: [], findings: reporter.findings };
  }
  const extracted = extractConfig(text, source.name);
  if ('code' in extracted) {
    const reporter = FindingReporter.forText(source.name, text);
    reporter.error(0, extracted);
    return { text, parsed: { findings: reporter.findings, positionOf: () => undefined }, templates: [], findings: reporter.findings };
  }
  const parsed = readConfig(extracted.text, extracted.name, extracted.shift);
  if (!parsed.config) {
    return { text, parsed, templates: [], findings: parsed.findings };
  }
  const { files, findings } = loadTemplateFiles(parsed, {
    baseDirectory: source.baseDirectory,
    templateDirectory: options.templateDirectory,
    embedded: options.templateDirectory === undefined ? extracted.templates : undefined,
  });
  const templates = processTemplates(withConstantSecrets(parsed, files), files);
  return {
    text,
    parsed: templates.reading,
    templates: templates.files,
    findings: [...parsed.findings, ...findings, ...templates.findings],
  };
}

/** The text, or why there is none. */
function readText({ name, content }: ConfigSource): string | Diagnostic {
  if (typeof content !== 'function') {
    return content;
  }
  let bytes: Uint8Array;
  try {
    bytes = content();
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    return {
      code: 'config-file-missing',
      message: `the alertmanager configuration "${name}" cannot be read (${reason})`,
      fix: fixMissingFile(name),
    };
  }
  // Decoding would put U+FFFD in the place of what is not UTF-8, and the definition would differ from the file unseen.
  return isUtf8(bytes) ? Buffer.from(bytes).toString('utf8') : {
    code: 'config-not-text',
    message: `the alertmanager configuration "${name}" is not UTF-8 text`,
    fix: 'save it in UTF-8; Alertmanager reads no other encoding',
  };
}
