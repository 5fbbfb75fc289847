import * as fc from 'fast-check';
import { amtoolVerdicts } from './amtool';
import { readConfig, withoutRoutingKeys } from '../../../src/alertmanager/read/read-config';
import { FindingReporter } from '../../../src/findings/reporter';

/** Findings are printed in terminals and in the logs of builds: whatever is wrong with a file, they show no routing key. */

const KEY = 'Zq7Xw2Pk9Lm4Rt6Yb8Nc3Vd5Gh1Jf0As';
/** Most of a key is as good as a key to who can guess the rest. */
const PIECES = Array.from({ length: KEY.length - 23 }, (_, start) => KEY.slice(start, start + 24));

const CONFIG = `route: {receiver: a}
receivers:
  - name: a
    pagerduty_configs:
      - routing_key: ${KEY}
        severity: critical
      - {severity: error, service_key: "${KEY}"}
    webhook_configs:
      - url: https://example.com/
        http_config: {authorization: {credentials: ${KEY}}}
`;

const show = (text: string) => JSON.stringify(readConfig(text, 'alertmanager.yml').findings);
const leaks = (shown: string) => PIECES.filter((piece) => shown.includes(piece));

test.each([
  ['no space after the colon', `{routing_key:${KEY}}`],
  ['no colon', `{routing_key ${KEY}}`],
  ['no name', `{${KEY}}`],
  ['a text instead of a field', `routing_key:${KEY}`],
  ['a list', `{routing_key: [${KEY}]}`],
  ['a block scalar on one line', `{a: b}\n        routing_key: |${KEY}`],
  ['a folded scalar on one line', `routing_key: >${KEY}`],
  ['a tag', `{routing_key: !!int ${KEY}}`],
  ['an alias', `{routing_key: *${KEY}}`],
  ['a text that is not YAML', `{routing_key: "x"${KEY}}`],
  ['a reserved character', `{routing_key: @${KEY}}`],
  ['a quote that is not closed', `{routing_key: "${KEY}}`],
  ['an escape', `{routing_key: "\\${KEY}"}`],
])('%s', (_what, entry) => {
  const shown = show(`route: {receiver: a}\nreceivers: [{name: a, pagerduty_configs: [\n${entry}\n]}]`);
  const inBlock = show(`route: {receiver: a}\nreceivers:\n  - name: a\n    pagerduty_configs:\n      - ${entry}\n`);
  expect(shown + inBlock).toContain('"severity":"error"');
  expect(leaks(shown + inBlock)).toEqual([]);
});

test('a tag that is the key is not shown, and is accepted as by amtool', () => {
  const text = `route: {receiver: a}\nreceivers: [{name: a, pagerduty_configs: [{routing_key: !${KEY} x}]}]`;
  expect(amtoolVerdicts([text])).toEqual([true]);
  expect(show(text)).not.toContain('"severity":"error"');
  expect(leaks(show(text))).toEqual([]);
});

test('whatever is typed into a file, or deleted from it', () => {
  const typed = fc.constantFrom(
    '', '"', "'", ':', ': ', '\n', '\n  ', '- ', '[', ']', '{', '}', '&', '*', '!', '!!int ', '|', '>', '\t', '#', '%', '@', '`', '{{', ' ', ',', '? ', '<<: ', '\\');
  // Near a key, or anywhere.
  const places = [...CONFIG.matchAll(new RegExp(KEY, 'g'))].flatMap(({ index }) => [index, index + KEY.length]);
  const place = fc.oneof(
    fc.tuple(fc.constantFrom(...places), fc.integer({ min: -14, max: 3 })).map(([at, by]) => at + by), fc.integer({ min: 0, max: CONFIG.length }));
  const edits = fc.array(fc.record({ place, typed, deleted: fc.nat({ max: 3 }) }), { minLength: 1, maxLength: 3 });
  fc.assert(fc.property(edits, (all) => {
    const text = all.reduce((before, { place: at, typed: inserted, deleted }) => before.slice(0, at) + inserted + before.slice(at + deleted), CONFIG);
    expect(leaks(show(text))).toEqual([]);
  }), { numRuns: 3000 });
});

test('what is no key stays readable', () => {
  const reporter = FindingReporter.forText('f', '', withoutRoutingKeys);
  for (const name of ['routingKeyOfTheTeamWithoutDigits', 'arn:aws:sns:eu-central-1:111122223333:a-topic-for-alerts', 'team_42_database_replication']) {
    reporter.error(0, { code: 'config-unknown-field', message: name });
  }
  reporter.error(0, { code: 'config-unknown-field', message: `unknown field "routing_key:${KEY}"` });
  expect(reporter.findings.map(({ message }) => message)).toEqual([
    'routingKeyOfTheTeamWithoutDigits', 'arn:aws:sns:eu-central-1:111122223333:a-topic-for-alerts', 'team_42_database_replication',
    'unknown field "routing_key:…"',
  ]);
});
