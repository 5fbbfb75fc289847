import { checkSlackDestinations } from './check-slack-destinations';
import { Decoder, Outcome } from './decode';
import { INVALID } from './decode-plain';
import { StructValue } from './decoded';
import { checkFallbacks } from './fallbacks';
import { checkReferences, ReportAt } from './references';
import { toModel } from './to-model';
import { normalizeText, readYaml, YamlSource } from '../../yaml/document';
import type { YamlFormat } from '../../yaml/format';
import { indentContinuations } from '../../yaml/indent-continuations';
import type { AlertmanagerFile, ParsedConfig } from '../model';
import { ROOT } from './schema/root';
import type { StructSchema } from './schema/schema';
import { warnAboutTimeIntervals } from './time-interval-warnings';
import { sortFindings } from '../../findings/format';
import { FindingReporter } from '../../findings/reporter';
import { TextPosition, TextShift } from '../../findings/text-position';
import { isEmptyAt, locate } from '../../yaml/locate';
import { Unreadable } from '../../yaml/node-reader';
import { isNull } from '../../yaml/scalar';

/** Alertmanager decodes with go-yaml v2, reads the first document only, and its file has routing keys in it. */
const ALERTMANAGER_YAML: YamlFormat = {
  dialect: 'v2',
  firstDocumentOnly: true,
  hasSecrets: true,
  codes: {
    syntax: 'config-invalid-yaml',
    character: 'config-invalid-character',
    alias: 'config-invalid-alias',
    wrongType: 'config-wrong-type',
    duplicateKey: 'config-duplicate-key',
    ignoredDocument: 'config-several-documents',
  },
};

/**
 * Reads an `alertmanager.yml` and checks it as Alertmanager does, but reports all findings, with their positions,
 * and not the first thing alone.
 *
 * Never throws, whatever the text is.
 *
 * @param text the content of the file.
 * @param fileName how the file is called in findings.
 * @param shift where the text begins in the file.
 */
export function readConfig(text: string, fileName: string, shift?: TextShift): ParsedConfig {
  const { text: indented, addedColumns } = indentContinuations(normalizeText(text));
  const lines = new TextPosition(indented, addedColumns, shift);
  const reporter = FindingReporter.forText(fileName, lines, withoutRoutingKeys);
  const source = readYaml(indented, ALERTMANAGER_YAML, reporter);
  const config = source && readRoot(source, reporter);
  return {
    ...(config ? { config } : {}),
    findings: sortFindings(reporter.findings),
    positionOf: (path) => (source ? { file: fileName, ...lines.of(locate(source, path)) } : undefined),
  };
}

function readRoot(source: YamlSource, reporter: FindingReporter): AlertmanagerFile | undefined {
  if (isNull(source.root, 'v2')) {
    reporter.error(0, { code: 'config-no-route', message: 'the file is empty', fix: 'write a configuration with at least "route" and "receivers"' });
    return undefined;
  }
  const root = decode(source, reporter, ROOT);
  if (!(root instanceof StructValue)) {
    return undefined;
  }
  const report: ReportAt = (path, diagnostic) => reporter.error({ offset: locate(source, path), path }, diagnostic);
  checkReferences(root, report);
  checkFallbacks(root, report);
  checkSlackDestinations(root, report);
  const warn: ReportAt = (path, diagnostic) => reporter.warning({ offset: locate(source, path), path }, diagnostic);
  warnAboutTimeIntervals(root, (path) => isEmptyAt(source, path), warn);
  warnAboutDroppedSections(root, warn);
  const route = root.struct('route');
  return route && !root.isInvalid('receivers') ? toModel(root, route) : undefined;
}

/** The sections about the process itself, which AMP runs: its definition has no place for them. */
function warnAboutDroppedSections(root: StructValue, warn: ReportAt): void {
  for (const name of ['tracing', 'event_recorder'].filter((section) => root.has(section))) {
    warn([name], {
      code: 'config-section-dropped',
      message: `"${name}" is not part of the definition`,
      fix: 'remove it, or acknowledge the warning: it configures the Alertmanager process, which AMP runs for you',
      subject: name,
    });
  }
}

function decode(source: YamlSource, reporter: FindingReporter, schema: StructSchema): Outcome {
  try {
    return new Decoder(source, reporter).decode(source.root, schema);
  } catch (error) {
    if (error instanceof Unreadable) {
      return INVALID;
    }
    throw error;
  }
}

/**
 * A text without what can be a routing key, or most of one: `routing_key:0123…` is a field of this name. What belongs into a key is
 * never quoted; but where a colon or a quote is missing, a key can be anywhere.
 */
export function withoutRoutingKeys(text: string): string {
  return text.replace(/(?=[A-Za-z]*[0-9])[A-Za-z0-9]{24,}/g, '…');
}
