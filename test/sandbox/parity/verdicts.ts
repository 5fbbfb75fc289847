import * as fs from 'fs';
import { isAsDocumented, type ComparedPair } from '../../../sandbox/parity/pair';
import { runParity } from '../../../sandbox/parity/run';
import { sampleSteps } from '../../../sandbox/parity/sample-alerts';
import { AlertManagerConfig } from '../../../src/alertmanager/alert-manager-config';
import { readConfig } from '../../../src/alertmanager/read/read-config';
import { isError } from '../../../src/findings/finding';
import { REQUEST } from '../../alertmanager/translate/support';

/** Findings that say that Alertmanager itself could not notify either: its templates fail with every notification. */
const NOBODY_NOTIFIED_BEFORE = ['template-undefined'];

/** How a verdict begins on a configuration that moves, or that has a reason not to. */
export const AS_IT_SHOULD_BE = 'as it should be: ';

/**
 * What becomes of a configuration: it moves with default settings, and all that its receivers get is equal or explained; or it names an
 * integration that is not translated; or Alertmanager itself cannot notify with it.
 *
 * @param config path of the file.
 */
export async function verdictOn(name: string, config: string, templateDirectory: string): Promise<string> {
  const others = readConfig(fs.readFileSync(config, 'utf8'), config).config?.receivers.flatMap((receiver) => receiver.others) ?? [];
  const errors = AlertManagerConfig.fromFile(config, { templateDirectory })._translate(REQUEST).findings.filter(isError).map(({ code }) => code);
  if (errors.length > 0 && errors.every((code) => NOBODY_NOTIFIED_BEFORE.includes(code))) {
    return `${AS_IT_SHOULD_BE}${name} could not notify before`;
  }
  if (errors.length > 0 && !(others.length > 0 && errors.every((code) => code === 'integration-unsupported'))) {
    return `${name} does not move: ${errors.join(', ')}`;
  }
  const { pairs, errors: logged } = await runParity({ config, steps: sampleSteps(config), templateDirectory });
  const wrong = pairs.filter((pair) => !isAsDocumented(pair));
  return wrong.length === 0 && pairs.length > 0
    ? `${AS_IT_SHOULD_BE}${pairs.length} notifications of ${name} are equal or explained`
    : `${name}: ${pairs.length} notifications, ${inWords(wrong)} ${logged.join('; ')}`;
}

function inWords(pairs: readonly ComparedPair[]): string {
  return pairs.map(({ step, integration, receiver, differences }) =>
    `step ${step}, ${integration} of ${receiver}: ${JSON.stringify(differences).slice(0, 300)}`).join('; ');
}
