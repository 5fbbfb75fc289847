import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { AS_IT_SHOULD_BE, verdictOn, WITH_STAND_INS } from './verdicts';
import { sampleSteps } from '../../../sandbox/parity/sample-alerts';
import { readConfig } from '../../../src/alertmanager/read/read-config';

/** Configurations of other projects, beside the repository or where CORPUS_DIR says; they are not part of it. */
const CORPUS = path.join(process.env.CORPUS_DIR ?? path.join(__dirname, '..', '..', '..', '..', 'shared', 'corpus'), 'alertmanager');

jest.setTimeout(300_000);

if (fs.existsSync(CORPUS)) {
  const files = fs.readdirSync(CORPUS).filter((name) => name.endsWith('.yml'));
  const verdicts: string[] = [];

  test.each(files)('%s moves with default settings if Alertmanager accepts it, and notifies as before', async (file) => {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'corpus-'));
    try {
      const config = withTemplates(file, directory);
      const isAccepted = spawnSync('amtool', ['check-config', config]).status === 0;
      const verdict = isAccepted ? await verdictOn(file, config, directory) : `${AS_IT_SHOULD_BE}${file} is refused by Alertmanager`;
      verdicts.push(verdict);
      expect(verdict).toMatch(new RegExp(`^${AS_IT_SHOULD_BE}`));
    } finally {
      fs.rmSync(directory, { recursive: true, force: true });
    }
  });

  test('every file that Alertmanager accepts notifies, all but a few of them without stand-ins', () => {
    const accepted = verdicts.filter((verdict) => !verdict.endsWith('is refused by Alertmanager'));
    expect(accepted.filter((verdict) => !verdict.includes('notifications of'))).toEqual([]);
    expect(accepted.length).toBeGreaterThanOrEqual(files.length / 2);
    expect(accepted.filter((verdict) => verdict.includes(WITH_STAND_INS)).length).toBeLessThanOrEqual(3);
  });
} else {
  // Without the corpus there is nothing to compare, but the sample alerts can be looked at.
  test('sample alerts match a route of an own configuration', () => {
    expect(sampleSteps(path.join(__dirname, 'fixtures', 'alertmanager.yml'))[0]?.alerts.length).toBeGreaterThan(10);
  });
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
