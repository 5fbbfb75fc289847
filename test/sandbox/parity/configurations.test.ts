import * as fs from 'fs';
import * as path from 'path';
import { AS_IT_SHOULD_BE, verdictOn, WITH_STAND_INS } from './verdicts';
import { AlertManagerConfig } from '../../../src/alertmanager/alert-manager-config';
import { REQUEST } from '../../alertmanager/translate/support';
import { copyWithTemplates, namesOfConfigurations } from '../../configurations/configurations';

// Two Alertmanagers and the whole pipeline run for each.
jest.setTimeout(300_000);

test.each(namesOfConfigurations())('all receivers of %s get what they got before', async (name) => {
  const directory = copyWithTemplates(name);
  try {
    const verdict = await verdictOn(name, path.join(directory, 'alertmanager.yml'), directory);
    expect(verdict).toMatch(new RegExp(`^${AS_IT_SHOULD_BE}\\d+ notifications`));
    expect(verdict).not.toContain(WITH_STAND_INS);
  } finally {
    fs.rmSync(directory, { recursive: true, force: true });
  }
});

test('the configuration that docs/parity.md compares with later versions of Alertmanager moves with default settings', () => {
  const config = AlertManagerConfig.fromFile(path.join(__dirname, 'fixtures', 'newer.yml'));
  expect(config._translate(REQUEST).findings.map(({ code }) => code)).toEqual([]);
});
