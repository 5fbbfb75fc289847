import { readFileSync } from 'fs';
import * as path from 'path';
import { readSteps } from '../../../sandbox/parity/alerts-file';
import { AlertManagerConfig } from '../../../src/alertmanager/alert-manager-config';
import { REQUEST } from '../../alertmanager/translate/support';

/** What docs/parity.md compares with Alertmanager 0.31, the first version that renders URLs. */
const FIXTURES = path.join(__dirname, 'fixtures');

test('the configuration with templated URLs moves with default settings', () => {
  expect(AlertManagerConfig.fromFile(path.join(FIXTURES, 'urls.yml'))._translate(REQUEST).findings.map(({ code }) => code)).toEqual([]);
});

test('its alerts fire, then end, with every kind of value that a URL can have', () => {
  const steps = readSteps(readFileSync(path.join(FIXTURES, 'urls.alerts.json'), 'utf8'));
  const names = steps.map(({ alerts }) => alerts.map(({ labels }) => labels.alertname));
  expect(names).toHaveLength(2);
  expect(names[1]).toEqual(names[0]);
  for (const kind of ['Plain', 'Disk Full', '50%', '..', 'a?b', 'a#b', 'a/b', 'a\\b', 'a\nb', '../../ü', 'q"x|y^`\'']) expect(names[0]).toContain(kind);
});
