import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Every template in it is tried alone: one process of amtool looks at a configuration of its own for each. */
const BATCH = 400;

/**
 * What amtool (and so Alertmanager) says of each text as a template file: its error, or undefined if it loads it.
 *
 * @param name the base name of the template file, which Alertmanager gives to the text as a whole.
 */
export function amtoolErrors(texts: readonly string[], name = 't.tmpl'): (string | undefined)[] {
  const errors: (string | undefined)[] = [];
  for (let start = 0; start < texts.length; start += BATCH) {
    errors.push(...inTemporaryDirectory((directory) => checkBatch(directory, texts.slice(start, start + BATCH), name)));
  }
  return errors;
}

/** What amtool prints for a template with some example data. */
export function amtoolRender(text: string): string {
  return inTemporaryDirectory((directory) => {
    writeFileSync(join(directory, 'none.tmpl'), '');
    const { status, stdout, stderr } = spawnSync(
      'amtool', ['template', 'render', `--template.glob=${join(directory, 'none.tmpl')}`, `--template.text=${text}`], { encoding: 'utf8' },
    );
    if (status !== 0) {
      throw new Error(`amtool: ${stderr}`);
    }
    return stdout;
  });
}

function inTemporaryDirectory<T>(use: (directory: string) => T): T {
  const directory = mkdtempSync(join(tmpdir(), 'templates-'));
  try {
    return use(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function checkBatch(directory: string, texts: readonly string[], name: string): (string | undefined)[] {
  const configs = texts.map((text, index) => {
    const folder = mkdtempSync(join(directory, `${index}-`));
    writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, 'alertmanager.yml'), `route: {receiver: r}\nreceivers: [{name: r}]\ntemplates: ['${name}']\n`);
    return join(folder, 'alertmanager.yml');
  });
  const { stdout, error } = spawnSync('amtool', ['check-config', ...configs], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (error) {
    throw error;
  }
  const reports = stdout.split(/^Checking '/m).slice(1);
  if (reports.length !== texts.length) {
    throw new Error(`amtool reported on ${reports.length} of ${texts.length} configurations:\n${stdout}`);
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
