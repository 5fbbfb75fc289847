import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { isAsDocumented, type ComparedPair } from '../../../sandbox/parity/pair';
import { runParity } from '../../../sandbox/parity/run';
import { sampleSteps } from '../../../sandbox/parity/sample-alerts';
import { AlertManagerConfig } from '../../../src/alertmanager/alert-manager-config';
import { readConfig } from '../../../src/alertmanager/read/read-config';
import { isError, type Finding } from '../../../src/findings/finding';
import { REQUEST } from '../../alertmanager/translate/support';

/** How a verdict begins on a configuration that moves, or that has a reason not to. */
export const AS_IT_SHOULD_BE = 'as it should be: ';

/** Debian's amtool has Alertmanager's own templates here; others have them inside, and find nothing more here. */
const BUILT_IN_TEMPLATES = '/usr/share/prometheus/alertmanager/*.tmpl';

/** What a verdict says of a configuration whose template files are not there. */
export const WITH_STAND_INS = 'with stand-ins for template files that are missing';

/**
 * What becomes of a configuration: it moves with default settings, and all that its receivers get is equal or explained; or it names an
 * integration that is not translated. One that calls templates which its files do not define is refused, because Alertmanager could not notify
 * either; it must move as soon as something defines them.
 *
 * @param config path of the file, beside its template files.
 */
export async function verdictOn(name: string, config: string, templateDirectory: string): Promise<string> {
  const undefinedTemplates = undefinedTemplatesOf(config, templateDirectory);
  const defined = undefinedTemplates.filter((template) => canAlertmanagerRender(template, templateDirectory));
  if (defined.length > 0) {
    return `${name}: Alertmanager knows ${defined.join(', ')}`;
  }
  if (undefinedTemplates.length > 0) {
    addStandIns(undefinedTemplates, config, templateDirectory);
  }
  const others = readConfig(fs.readFileSync(config, 'utf8'), config).config?.receivers.flatMap((receiver) => receiver.others) ?? [];
  const errors = errorsOf(config, templateDirectory).map(({ code }) => code);
  if (errors.length > 0 && !(others.length > 0 && errors.every((code) => code === 'integration-unsupported'))) {
    return `${name} does not move: ${errors.join(', ')}`;
  }
  const { pairs, errors: logged } = await runParity({ config, steps: sampleSteps(config), templateDirectory });
  const wrong = pairs.filter((pair) => !isAsDocumented(pair));
  return wrong.length === 0 && pairs.length > 0
    ? `${AS_IT_SHOULD_BE}${pairs.length} notifications of ${name} are equal or explained${undefinedTemplates.length > 0 ? `, ${WITH_STAND_INS}` : ''}`
    : `${name}: ${pairs.length} notifications, ${inWords(wrong)} ${logged.join('; ')}`;
}

function errorsOf(config: string, templateDirectory: string): Finding[] {
  return AlertManagerConfig.fromFile(config, { templateDirectory })._translate(REQUEST).findings.filter(isError);
}

/** The names of the templates that an error says to be defined nowhere. */
function undefinedTemplatesOf(config: string, templateDirectory: string): string[] {
  const names = errorsOf(config, templateDirectory)
    .filter(({ code }) => code === 'template-undefined')
    .map(({ message }) => JSON.parse(/"(?:[^"\\]|\\.)*"/.exec(message)?.[0] ?? '""') as string);
  return [...new Set(names)];
}

/** Whether Alertmanager has a template of this name, with its own files and these. */
function canAlertmanagerRender(template: string, directory: string): boolean {
  const globs = [BUILT_IN_TEMPLATES, path.join(directory, '*.tmpl')].map((glob) => `--template.glob=${glob}`);
  return spawnSync('amtool', ['template', 'render', ...globs, `--template.text={{ template ${JSON.stringify(template)} . }}`]).status === 0;
}

/** Defines the templates in a file of their own, which the configuration names. */
function addStandIns(templates: readonly string[], config: string, directory: string): void {
  fs.writeFileSync(path.join(directory, 'stand-ins.tmpl'), templates
    .map((name) => `{{ define ${JSON.stringify(name)} }}${name}: {{ .Status }} {{ range .Alerts }}{{ .Labels.alertname }} {{ end }}{{ end }}\n`).join(''));
  const text = fs.readFileSync(config, 'utf8').replace(/^templates:.*(\n *- .*)*/m, '');
  fs.writeFileSync(config, `${text}\ntemplates: ['*.tmpl']\n`);
}

function inWords(pairs: readonly ComparedPair[]): string {
  return pairs.map(({ step, integration, receiver, differences }) =>
    `step ${step}, ${integration} of ${receiver}: ${JSON.stringify(differences).slice(0, 300)}`).join('; ');
}
