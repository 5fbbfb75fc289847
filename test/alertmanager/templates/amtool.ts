import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withFiles } from './temporary-files';

/** As many configurations as one process of amtool looks at. */
const BATCH = 400;

/**
 * What amtool (and so Alertmanager) says of each text as a template file: its error, or undefined if it loads it.
 *
 * @param name the base name of the template file, which Alertmanager gives to the text as a whole.
 */
export function amtoolErrors(texts: readonly string[], name = 't.tmpl'): (string | undefined)[] {
  return inBatches(texts.map((text) => ({ pattern: name, name, text })));
}

/**
 * What amtool says of each pattern under `templates:` beside a file of that name that is no template: an error about the
 * pattern, an error about the file if the pattern matches its name, or undefined.
 */
export function amtoolErrorsOfPatterns(pairs: ReadonlyArray<{ readonly pattern: string; readonly name: string }>): (string | undefined)[] {
  return inBatches(pairs.map((pair) => ({ ...pair, text: '{{ no template' })));
}

interface Case {
  readonly pattern: string;
  readonly name: string;
  readonly text: string;
}

function inBatches(cases: readonly Case[]): (string | undefined)[] {
  const errors: (string | undefined)[] = [];
  for (let start = 0; start < cases.length; start += BATCH) {
    errors.push(...withFiles({}, (directory) => checkBatch(directory, cases.slice(start, start + BATCH))));
  }
  return errors;
}

/** Debian's amtool has Alertmanager's own templates here; others have them inside, and find nothing more here. */
const OWN_TEMPLATES = '/usr/share/prometheus/alertmanager/*.tmpl';

/** What amtool prints for a template with the data of a notification in a file, or with some example data. */
export function amtoolRender(text: string, dataFile?: string): string {
  const data = dataFile === undefined ? [] : [`--template.data=${dataFile}`];
  const { status, stdout, stderr } = spawnSync(
    'amtool', ['template', 'render', `--template.glob=${OWN_TEMPLATES}`, `--template.text=${text}`, ...data], { encoding: 'utf8' },
  );
  if (status !== 0) {
    throw new Error(`amtool: ${stderr}`);
  }
  return stdout;
}

function checkBatch(directory: string, cases: readonly Case[]): (string | undefined)[] {
  const configs = cases.map(({ pattern, name, text }, index) => {
    const folder = join(directory, String(index));
    mkdirSync(folder);
    writeFileSync(join(folder, name), text);
    writeFileSync(`${folder}.yml`, `route: {receiver: r}\nreceivers: [{name: r}]\ntemplates: [${JSON.stringify(`${folder}/${pattern}`)}]\n`);
    return `${folder}.yml`;
  });
  const { stdout, error } = spawnSync('amtool', ['check-config', ...configs], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (error) {
    throw error;
  }
  const reports = stdout.split(/^Checking '/m).slice(1);
  if (reports.length !== cases.length) {
    throw new Error(`amtool reported on ${reports.length} of ${cases.length} configurations:\n${stdout}`);
  }
  return reports.map(verdict);
}

/** The last line of a report is the verdict on the templates. */
function verdict(report: string): string | undefined {
  const failed = /^ {2}FAILED: (.*)/m.exec(report);
  if (!failed && !/ 1 templates\n {2}SUCCESS/.test(report)) {
    throw new Error(`amtool said neither yes nor no:\n${report}`);
  }
  return failed?.[1];
}
