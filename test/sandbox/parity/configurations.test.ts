import * as fs from 'fs';
import * as path from 'path';
import { AS_IT_SHOULD_BE, verdictOn } from './verdicts';
import { copyWithTemplates, namesOfConfigurations } from '../../configurations/configurations';

// Two Alertmanagers and the whole pipeline run for each.
jest.setTimeout(300_000);

test.each(namesOfConfigurations())('all receivers of %s get what they got before', async (name) => {
  const directory = copyWithTemplates(name);
  try {
    expect(await verdictOn(name, path.join(directory, 'alertmanager.yml'), directory)).toMatch(new RegExp(`^${AS_IT_SHOULD_BE}\\d+ notifications`));
  } finally {
    fs.rmSync(directory, { recursive: true, force: true });
  }
});
