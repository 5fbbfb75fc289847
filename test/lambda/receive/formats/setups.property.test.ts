import * as fc from 'fast-check';
import { published, ROUTING_KEY, SETUPS, type Alert, type Group, type Setup } from './setups';
import { readNotification } from '../../../../lambda/receive/formats/read-notification';
import type { Notification } from '../../../../lambda/receive/notification';

/**
 * Teams that move have their own messages. Whatever stands in labels and annotations, printed by the real templates: each group
 * keeps its incident, and no resolve opens an incident or closes another one.
 */
const RUNS = 12;

/** What breaks JSON, YAML, subjects, and lists. */
const VALUES = [
  'x', 'web', 'a b', 'Data (D:)', 'Data (E:)', '(', ')', 'say "hi"', 'C:\\', '\\', '"', '\'', '{', '}', '[x]', 'a, "b": "c"', '"}', '"},', '%d', '@on', '*star',
  '91%: /var', '- item', '# no', 'über', 'a\nb', ' - x = y', 'Labels:', 'Annotations:', 'Source: x', 'Alerts Firing:', '[RESOLVED]', 'y'.repeat(95), ROUTING_KEY,
];
const value = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...VALUES) }, { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 8 }) })
  .filter((text) => text.trim() !== '');
const severity = fc.constantFrom('critical', 'warning', 'info');

/** Labels that alerts of a group have beside those of the group. */
const alert = fc.record({
  isFiring: fc.constant(true),
  labels: fc.record({ instance: value, severity }, { requiredKeys: ['severity'] }),
  annotations: fc.record({ summary: value, description: value }, { requiredKeys: ['summary'] }),
});

const group = fc.record({
  groupLabels: fc.record({ alertname: value, volume: value }),
  alerts: fc.uniqueArray(alert, { minLength: 1, maxLength: 2, selector: ({ labels }) => JSON.stringify(labels) }),
}).map(({ groupLabels, alerts }): Group => ({
  groupLabels,
  alerts: alerts.map((own): Alert => ({ ...own, labels: { ...own.labels, ...groupLabels } as Record<string, string> })),
}));

/** Two groups that differ in a way that everybody can see, in spite of how values are joined. */
const groups = fc.uniqueArray(group, { minLength: 2, maxLength: 2, selector: ({ groupLabels }) => Object.values(groupLabels).join(' ').replace(/\s+/g, ' ').trim() });

const ended = ({ groupLabels, alerts }: Group): Group => ({ groupLabels, alerts: alerts.map((own) => ({ ...own, isFiring: false })) });

function readAll(setup: Setup, all: readonly Group[]): Array<{ trigger: Notification; resolve: Notification }> {
  return all.map((each) => ({
    trigger: readNotification(published(setup, each)),
    resolve: readNotification(published(setup, ended(each))),
  }));
}

/** Setups whose notifications show no difference between an alert that fires and one that is resolved, at least when AMP has replaced the subject. */
const SILENT_ON_STATUS = ['the YAML of the article', 'an own text', 'an own text with a constant subject'];

describe.each(Object.entries(SETUPS))('%s', (name, setup) => {
  test('pages for what fires, and a resolve closes its own incident or none', () => {
    fc.assert(fc.property(groups, (all) => {
      const read = readAll(setup, all);
      const opened = read.map(({ trigger }) => trigger.dedupKey);
      for (const [index, { trigger, resolve }] of read.entries()) {
        expect(trigger).toMatchObject({ action: 'trigger' });
        expect(trigger.skipped).toBeUndefined();
        if (resolve.action === 'trigger') {
          // Only where neither subject nor text says so: the alert stays open, under its own key.
          expect(SILENT_ON_STATUS).toContain(name);
          expect(resolve.dedupKey).toBe(trigger.dedupKey);
        } else if (resolve.skipped === undefined) {
          expect(opened.filter((_key, other) => other !== index)).not.toContain(resolve.dedupKey);
        }
      }
    }), { numRuns: RUNS });
  }, 180_000);

  test('has no routing key in anything that travels on', () => {
    fc.assert(fc.property(group, (each) => {
      const keyed: Group = { ...each, alerts: each.alerts.map((own) => ({ ...own, annotations: { summary: `use ${ROUTING_KEY}`, description: `x${ROUTING_KEY}y` } })) };
      for (const read of [keyed, ended(keyed)].map((state) => readNotification(published(setup, state)))) {
        expect(JSON.stringify(read)).not.toContain(ROUTING_KEY);
      }
    }), { numRuns: RUNS });
  }, 180_000);
});

describe.each([
  'the JSON of the user guide',
  'the JSON of the user guide with a constant subject',
  'the default text',
  'the default text with a constant subject',
  'the YAML of the article',
] as const)('%s', (name) => {
  test('keeps groups apart, with their severity, and resolves what it opened', () => {
    fc.assert(fc.property(groups, (all) => {
      const read = readAll(SETUPS[name], all);
      expect(new Set(read.map(({ trigger }) => trigger.dedupKey)).size).toBe(all.length);
      for (const [index, { trigger, resolve }] of read.entries()) {
        const severities = new Set(all[index].alerts.map(({ labels }) => labels.severity));
        if (severities.size === 1) expect(trigger.fields.severity).toBe([...severities][0]);
        if (resolve.action === 'resolve' && resolve.skipped === undefined) expect(resolve.dedupKey).toBe(trigger.dedupKey);
      }
    }), { numRuns: RUNS });
  }, 180_000);
});
