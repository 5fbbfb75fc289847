import { readFileSync } from 'fs';
import { REQUEST, told } from './support';
import { AlertManagerConfig } from '../../../src/alertmanager/alert-manager-config';
import { readConfig } from '../../../src/alertmanager/read/read-config';
import type { Translation } from '../../../src/alertmanager/translate/translation';
import { namesOfConfigurations, withOwnTemplates } from '../../configurations/configurations';
import { amtoolComplaint, unpackDefinition } from '../../message/support/alertmanager';

/** What a person must do for each: nothing, enter the content of a file, or know that an address cannot be reached. */
const WARNINGS: { readonly [name: string]: readonly string[] } = {
  '02-openshift.yml': ['secret-file', 'service-key'],
  '04-europe.yml': ['routing-key-file', 'secret-file'],
  '06-bot-token.yml': ['secret-file'],
  '10-legacy.yml': ['address-refused', 'service-key'],
};

describe.each(namesOfConfigurations())('%s', (name) => {
  const translated = <T>(use: (translation: Translation, config: AlertManagerConfig) => T): T => withOwnTemplates(name, (path, templateDirectory) => {
    const config = AlertManagerConfig.fromFile(path, { templateDirectory });
    return use(config._translate(REQUEST), config);
  });

  test('moves with default settings, every integration of it', () => {
    translated((translation) => {
      const codes = told(translation).map((line) => line.split(' ').slice(0, 2).join(' '));
      expect([...new Set(codes)].sort()).toEqual((WARNINGS[name] ?? []).map((code) => `warning ${code}`));
      expect(amtoolComplaint(unpackDefinition(translation.definition))).toBeUndefined();
    });
    const { config } = withOwnTemplates(name, (path) => readConfig(readFileSync(path, 'utf8'), path));
    expect(config?.receivers.flatMap(({ others }) => others)).toEqual([]);
  });

  test('has no value of a secret in the definition or in a finding', () => {
    translated(({ definition, findings }, config) => {
      const secrets = config._secrets(false);
      const values = secrets.flatMap(({ value }) => value ?? []).filter((value) => value !== 'https://slack.com/api/chat.postMessage');
      expect(secrets.length).toBeGreaterThan(0);
      for (const value of values) expect(definition + JSON.stringify(findings)).not.toContain(value);
      // Every placeholder of these files stands for a secret.
      expect(definition + JSON.stringify(findings)).not.toMatch(/placeholder/);
    });
  });
});

test('there are ten of them', () => {
  expect(namesOfConfigurations()).toHaveLength(10);
});
