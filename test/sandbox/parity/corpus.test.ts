import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { isAsDocumented, type ComparedPair } from '../../../sandbox/parity/pair';
import { runParity } from '../../../sandbox/parity/run';
import { sampleSteps } from '../../../sandbox/parity/sample-alerts';
import { readConfig } from '../../../src/alertmanager/read/read-config';

/** Configurations of other projects, beside the repository or where CORPUS_DIR says; they are not part of it. */
const CORPUS = path.join(process.env.CORPUS_DIR ?? path.join(__dirname, '..', '..', '..', '..', 'shared', 'corpus'), 'alertmanager');

/** Findings that say that Alertmanager itself could not page either: its templates fail with every notification. */
const NOBODY_PAGED_BEFORE = ['template-undefined'];

const AT_A_TIME = 2;

jest.setTimeout(240_000);

if (fs.existsSync(CORPUS)) {
  const files = fs.readdirSync(CORPUS).filter((name) => name.endsWith('.yml'));
  test('every configuration of the corpus that Alertmanager accepts pages as before', async () => {
    const verdicts: string[] = [];
    const waiting = [...files];
    const work = async (): Promise<void> => {
      for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
        verdicts.push(await verdictOn(file));
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, work));
    expect(verdicts.filter((verdict) => !verdict.startsWith('as it should be'))).toEqual([]);
    // Most of them page; the rest is refused by Alertmanager as well, or could not page.
    expect(verdicts.filter((verdict) => verdict.includes('notifications are equal')).length).toBeGreaterThanOrEqual(files.length / 2);
  });
} else {
  // Without the corpus there is nothing to compare, but the sample alerts can be looked at.
  test('sample alerts match a route of an own configuration', () => {
    expect(sampleSteps(path.join(__dirname, 'fixtures', 'alertmanager.yml'))[0]?.alerts.length).toBeGreaterThan(10);
  });
}

async function verdictOn(file: string): Promise<string> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'corpus-'));
  try {
    const config = withTemplates(file, directory);
    if (spawnSync('amtool', ['check-config', config]).status !== 0) {
      return `as it should be: ${file} is refused by Alertmanager`;
    }
    const { pairs, errors } = await runParity({ config, steps: sampleSteps(config), templateDirectory: directory });
    const wrong = pairs.filter((pair) => !isAsDocumented(pair));
    return wrong.length === 0 && pairs.length > 0 ? `as it should be: ${pairs.length} notifications are equal of ${file}` : `${file}: ${pairs.length} notifications, ${inWords(wrong)} ${errors.join('; ')}`;
  } catch (error) {
    const errors = [...(error as Error).message.matchAll(/ error: .*\[([a-z-]+)\]$/gm)].map(([, code]) => code ?? '');
    const isHopeless = errors.length > 0 && errors.every((code) => NOBODY_PAGED_BEFORE.includes(code));
    return isHopeless ? `as it should be: ${file} could not page before` : `${file}: ${(error as Error).message}`;
  } finally {
    fs.rmSync(directory, { recursive: true, force: true });
  }
}

function inWords(pairs: readonly ComparedPair[]): string {
  return pairs.map(({ step, receiver, differences }) => `step ${step}, ${receiver}: ${JSON.stringify(differences).slice(0, 300)}`).join('; ');
}

/** Copies a configuration beside its template files, which lie in the corpus under names of their own. */
function withTemplates(file: string, directory: string): string {
  const config = path.join(directory, 'alertmanager.yml');
  fs.copyFileSync(path.join(CORPUS, file), config);
  const patterns = readConfig(fs.readFileSync(config, 'utf8'), config).config?.templates ?? [];
  const templates = fs.readdirSync(CORPUS).filter((name) => name.endsWith('.tmpl') && name.split('-')[0] === file.split('-')[0]);
  templates.forEach((name, index) => {
    const wanted = path.basename(patterns[index] ?? name).replace(/\*/g, 'x');
    fs.copyFileSync(path.join(CORPUS, name), path.join(directory, wanted));
  });
  return config;
}
