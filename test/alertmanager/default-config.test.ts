import { stringify } from 'yaml';
import { DEFAULT_CONFIG } from '../../src/alertmanager/default-config';
import { readConfig } from '../../src/alertmanager/read/read-config';
import { checkTemplates } from '../../src/alertmanager/templates/check-templates';

/** A file has to say where the key is; the default, which is no file, leaves it to the secret. */
const KEY = { routing_key_file: 'pagerduty' };

/** The default as somebody would write it in an `alertmanager.yml`. */
const FILE = stringify({
  route: { receiver: DEFAULT_CONFIG.route.receiver, group_by: DEFAULT_CONFIG.route.group_by },
  receivers: DEFAULT_CONFIG.receivers.map(({ name, pagerduty_configs: configs }) => ({
    name,
    pagerduty_configs: configs.map((config) => ({ ...config, ...KEY, details_text: undefined })),
  })),
});

test('the default is what is read of the same configuration as a file', () => {
  const reading = readConfig(FILE, 'alertmanager.yml');
  expect(reading.findings).toEqual([]);
  expect(reading.config).toEqual({
    ...DEFAULT_CONFIG,
    receivers: DEFAULT_CONFIG.receivers.map((receiver) => ({
      ...receiver,
      pagerduty_configs: receiver.pagerduty_configs.map((config) => ({ ...config, ...KEY })),
    })),
  });
});

test('its templates are sound', () => {
  expect(checkTemplates(readConfig(FILE, 'alertmanager.yml'), [])).toEqual([]);
});
