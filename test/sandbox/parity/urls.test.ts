import * as path from 'path';
import { isAsDocumented } from '../../../sandbox/parity/pair';
import { runParity } from '../../../sandbox/parity/run';
import { AlertManagerConfig } from '../../../src/alertmanager/alert-manager-config';
import { REQUEST } from '../../alertmanager/translate/support';
import { GoProgram, MAX_BUILD_MS } from '../../support/go-program';

const CONFIG = path.join(__dirname, 'fixtures', 'urls.yml');

/** The entries of the fixture: the receiver, with the index where it has several. */
const ENTRIES = ['path', 'path', 'escaped slash', 'query', 'urlquery'];

/** Values of labels that are the same in all entries, on both sides. */
const EQUAL = ['Plain', '50%25', 'q"x|y^`\'', 'a\\b', 'a?b', 'a#b', 'a/b', 'a//b/', '.', './a', 'a..b', '<x>{y}[z]&=+;,$!*', '%2F%20', 'a%ffb'];

/** Values that Alertmanager sends in a request line that servers refuse: only from the entry that has them in the query. */
const REFUSED_IN_QUERY = ['Disk Full', 'Störung ü 🚒', ' x '];

/** Values of which Alertmanager can make no URL, unless they are escaped. */
const NOT_SENT = ['50%', '100%/x y', 'a\nb', '\u007f', '#50%'];

/** Values that could lead out of the path in the secret: the entries that have them in the path. */
const PARENT_SEGMENTS = ['..', 'a/../../b', '%2e%2E', '..\\x', '../../ü'];

test('the configuration with templated URLs moves with default settings', () => {
  expect(AlertManagerConfig.fromFile(CONFIG)._translate(REQUEST).findings.map(({ code }) => code)).toEqual([]);
});

if (GoProgram.ALERTMANAGER.obstacle() === undefined) {
  describe('Alertmanager 0.31, the first version that renders URLs', () => {
    beforeAll(() => GoProgram.ALERTMANAGER.build(), MAX_BUILD_MS);

    test('asks for the same URLs, whatever labels say', async () => {
      const alerts = [...EQUAL, ...REFUSED_IN_QUERY, ...NOT_SENT, ...PARENT_SEGMENTS].map((alertname) => ({ labels: { alertname } }));
      const steps = [{ alerts }, { alerts: alerts.map((alert) => ({ ...alert, resolved: true })) }];
      const { pairs } = await runParity({ config: CONFIG, steps, alertmanager: GoProgram.ALERTMANAGER.build() });
      const found = pairs.map((pair) => {
        const { groupLabels: { alertname } } = (pair.native ?? pair.relayed) as { readonly groupLabels: { readonly alertname: string } };
        return `${pair.step} ${pair.receiver} ${JSON.stringify(alertname)}: ${pair.equal ? 'equal' : pair.differences.map(({ documented }) => documented ?? 'different').join()}`;
      });
      expect(pairs.filter((pair) => !isAsDocumented(pair))).toEqual([]);
      expect(found.sort()).toEqual([1, 2].flatMap((step) => [
        ...expected(step, EQUAL, () => 'equal'),
        ...expected(step, REFUSED_IN_QUERY, (entry) => (entry === 'query' ? 'url-not-accepted' : 'equal')),
        ...expected(step, NOT_SENT, (entry, name) => (
          // In a query, a percent sign needs no digits.
          entry === 'urlquery' || (entry === 'query' && name === '50%') ? 'equal' : 'url-not-accepted')),
        ...expected(step, PARENT_SEGMENTS, (entry, name) => (
          entry === 'path' || entry === 'escaped slash' ? 'url-with-parent-segment' : entry === 'query' && name.includes('ü') ? 'url-not-accepted' : 'equal')),
      ]).sort());
    }, 600_000);
  });
}

function expected(step: number, names: readonly string[], verdict: (entry: string, name: string) => string): string[] {
  return names.flatMap((name) => ENTRIES.map((entry) => `${step} ${entry} ${JSON.stringify(name)}: ${verdict(entry, name)}`));
}
