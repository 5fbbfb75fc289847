import { isUtf8 } from 'buffer';
import type { Loaded, Source } from './config-source';
import type { AlertManagerConfigOptions } from '../options';
import { extractConfig } from './extract-config';
import { readConfig } from './read-config';
import type { Diagnostic } from '../../findings/diagnostic';
import { fixMissingFile } from '../../findings/missing-file';
import { FindingReporter } from '../../findings/reporter';
import { processTemplates } from '../templates/check-templates';
import { withConstantSecrets } from '../templates/constant-secrets';
import { loadTemplateFiles } from '../templates/template-files';

/** Reads and checks a configuration together with its template files. Never throws. */
export function loadSource(source: Source, options: AlertManagerConfigOptions): Loaded {
  const text = readText(source);
  if (typeof text !== 'string') {
    const reporter = FindingReporter.forProps();
    reporter.error({}, text);
    return { text: '', reading: { findings: [], positionOf: () => undefined }, templates: [], findings: reporter.findings };
  }
  const extracted = extractConfig(text, source.name);
  if ('code' in extracted) {
    const reporter = FindingReporter.forText(source.name, text);
    reporter.error(0, extracted);
    return { text, reading: { findings: reporter.findings, positionOf: () => undefined }, templates: [], findings: reporter.findings };
  }
  const reading = readConfig(extracted.text, extracted.name, extracted.shift);
  if (!reading.config) {
    return { text, reading, templates: [], findings: reading.findings };
  }
  const { files, findings } = loadTemplateFiles(reading, {
    baseDirectory: source.baseDirectory,
    templateDirectory: options.templateDirectory,
    embedded: options.templateDirectory === undefined ? extracted.templates : undefined,
  });
  const templates = processTemplates(withConstantSecrets(reading, files), files);
  return {
    text,
    reading: templates.reading,
    templates: templates.files,
    findings: [...reading.findings, ...findings, ...templates.findings],
  };
}

/** The text, or why there is none. */
function readText(source: Source): string | Diagnostic {
  if (source.problem) {
    return source.problem;
  }
  let bytes: Buffer;
  try {
    bytes = source.read?.() ?? Buffer.alloc(0);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    return {
      code: 'config-file-missing',
      message: `the alertmanager configuration "${source.name}" cannot be read (${reason})`,
      fix: fixMissingFile(source.name),
    };
  }
  // Decoding would put U+FFFD in the place of what is not UTF-8, and the definition would differ from the file unseen.
  return isUtf8(bytes) ? bytes.toString('utf8') : {
    code: 'config-not-text',
    message: `the alertmanager configuration "${source.name}" is not UTF-8 text`,
    fix: 'save it in UTF-8; Alertmanager reads no other encoding',
  };
}
