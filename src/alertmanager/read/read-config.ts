import { isMap, isScalar, LineCounter, Node } from 'yaml';
import { Decoder, Outcome } from './decode';
import { BROKEN } from './decode-plain';
import { checkFallbacks } from './fallbacks';
import { Fields } from './fields';
import { FindingLog } from './finding-log';
import { isEmptyAt, locate } from './locate';
import { Unreadable } from './node-reader';
import { isNull } from './nodes';
import { checkReferences, TellAt } from './references';
import { warnAboutTimeIntervals } from './time-interval-warnings';
import { toModel } from './to-model';
import { normaliseText, readYaml, YamlSource } from './yaml-source';
import type { AlertmanagerFile, ConfigReading } from '../model';
import { UnsupportedReceivers } from '../options';
import { rootSchema } from './schema/root';
import type { StructSchema } from './schema/schema';
import { sortFindings } from '../../findings/findings-error';

/**
 * Reads an `alertmanager.yml` and checks it as Alertmanager does, only that everything that is wrong is told, with its place,
 * and not the first thing alone.
 *
 * Never throws, whatever the text is.
 *
 * @param text the content of the file.
 * @param fileName how the file is called in findings.
 * @param choice with WARN, integrations that are left out are not read, so that nothing in them is an error.
 */
export function readConfig(text: string, fileName: string, choice = UnsupportedReceivers.ERROR): ConfigReading {
  const lines = new LineCounter();
  const log = new FindingLog(fileName, lines);
  const source = readYaml(normaliseText(text), lines, log);
  const config = source && readRoot(source, log, choice);
  return {
    ...(config ? { config } : {}),
    findings: sortFindings(log.findings),
    positionOf: (path) => (source ? log.positionAt(locate(source, path)) : undefined),
  };
}

function readRoot(source: YamlSource, log: FindingLog, choice: UnsupportedReceivers): AlertmanagerFile | undefined {
  if (isNull(source.root)) {
    log.errorAt(0, { code: 'config-no-route', message: 'the file is empty', fix: 'write a configuration with at least "route" and "receivers"' });
    return undefined;
  }
  if (tellAmpDefinition(source.root, log)) {
    return undefined;
  }
  const root = decode(source, log, rootSchema(choice === UnsupportedReceivers.WARN));
  if (!(root instanceof Fields)) {
    return undefined;
  }
  const tell: TellAt = (path, problem) => log.errorAt(locate(source, path), problem, path);
  checkReferences(root, tell);
  checkFallbacks(root, tell);
  warnAboutTimeIntervals(root, (path) => isEmptyAt(source, path), (path, problem) => log.warningAt(locate(source, path), problem, path));
  const route = root.struct('route');
  return route && !root.broken('receivers') ? toModel(root, route) : undefined;
}

function decode(source: YamlSource, log: FindingLog, schema: StructSchema): Outcome {
  try {
    return new Decoder(source, log).decode(source.root, schema);
  } catch (error) {
    if (error instanceof Unreadable) {
      return BROKEN;
    }
    throw error;
  }
}

/** The file that AMP takes wraps the one of Alertmanager; somebody who has it already should hear what to do with it. */
function tellAmpDefinition(root: Node | undefined, log: FindingLog): boolean {
  const wrapper = isMap<Node>(root) ? root.items.find((pair) => isScalar(pair.key) && pair.key.source === 'alertmanager_config') : undefined;
  if (!wrapper) {
    return false;
  }
  log.errorAt(wrapper.key.range?.[0] ?? 0, {
    code: 'config-amp-definition',
    message: 'the file is an AMP alert manager definition ("alertmanager_config" at its root), not an alertmanager.yml',
    fix: 'give the text under "alertmanager_config" as the configuration, each entry of "template_files" as a file of its own beside it, '
      + 'and pagerduty_configs in the place of the sns_configs that lead to PagerDuty; a definition that is to be deployed as it is belongs on a CfnWorkspace of your own',
  }, ['alertmanager_config']);
  return true;
}
