import * as path from 'path';
import type { Step, StepAlert } from '../../../sandbox/parity/alerts-file';
import { isAsDocumented, type ComparedPair } from '../../../sandbox/parity/pair';
import { summarize } from '../../../sandbox/parity/report';
import { runParity } from '../../../sandbox/parity/run';

const CONFIG = path.join(__dirname, 'fixtures', 'alertmanager.yml');

/** Scripts, quotes, controls, line ends, markers and what else could break a message. */
const NASTY = [
  'plain', '"double" \'single\' `back` \\ \\n \\u0041', '{{ .Labels.x }} {{ template "none" }} {{', '${x} $(x) %s %q %%', '<b>&amp;</b>',
  'line\nbreak\r\nand\ttab', '\u0001\u0007\u0008\u000b\u001b\u001f\u007f\u0085\u009f', '\u2028\u2029\ufeff\ufffe\uffff\u00ad\u200b',
  'Ünïcödé ελληνικά русский עברית العربية हिन्दी 中文 日本語 한국어 ไทย', '🚒👩‍🚒🏴‍☠️\u{10ffff}\u{1d11e}', 'cdk-amp-pagerduty/1:00000000000000000000000000000000 end',
  'yes', 'null', '1e3', '[x]: {y}', '# no comment', '- item', ' leading and trailing ', '---', '...',
];

function alert(team: string, alertname: string, more: Record<string, string> = {}, annotations: Record<string, string> = {}): StepAlert {
  return {
    labels: { alertname, team, severity: 'critical', job: 'node', ...more },
    annotations: { summary: `${alertname} in ${team}`, runbook_url: 'https://runbooks.example.com/x?a=1&b=2', ...annotations },
    generatorURL: 'http://prometheus.example.com/graph?g0.expr=up+%3D%3D+0&g0.tab=1',
  };
}

const resolved = (alerts: readonly StepAlert[]): StepAlert[] => alerts.map((each) => ({ ...each, resolved: true }));

function describePair({ step, receiver, differences, refused }: ComparedPair): string {
  return `step ${step}, ${receiver ?? 'no native event'}: ${refused?.join() ?? ''} ${JSON.stringify(differences).slice(0, 600)}`;
}

/**
 * On a slow machine, events of one incident wait together, and the relay sends the last of them. Debian's Alertmanager is 0.25, whose
 * default HTML has one older address.
 */
const EXPECTED_REASONS: readonly unknown[] = ['same-incident-at-once', 'newer-email-template'];

/** The verdicts other than equal, in words: so that a failure says what differs. */
function unequal(pairs: readonly ComparedPair[]): string[] {
  const isExpected = ({ differences }: ComparedPair): boolean => differences.every(({ documented }) => EXPECTED_REASONS.includes(documented));
  return pairs.filter((pair) => !pair.equal && !isExpected(pair)).map(describePair);
}

jest.setTimeout(900_000);

test('any values, in any field, in groups that fire, flap and are resolved in parts', async () => {
  const nasty = NASTY.map((text, index) => alert('every', `Every ${text}`, { instance: text, severity: ['critical', 'error', 'warning', 'info'][index % 4] ?? '' }, { summary: text, text }));
  const perAlert = NASTY.map((text) => alert('per-alert', 'One by one', { value: text }, { summary: text, text }));
  const long = alert('every', 'Every long', { instance: 'i' }, { summary: '🚒 long '.repeat(400), text: 'x'.repeat(60_000) });
  const exact = [1023, 1024, 1025].map((length) => alert('per-label', `Length ${length}`, {}, { summary: `${'é'.repeat(length - 1)}!` }));
  const quiet = alert('per-alert', 'QuietPlease');
  const several = ['a', 'b', 'c'].map((instance) => alert('several', 'Several', { instance }));
  const defaults = ['a "x"', 'b\n', 'ü'].map((instance) => alert('other', 'Default', { instance }, { description: instance }));
  const nobody = alert('nobody', 'Unheard');
  const all = [...nasty, ...perAlert, long, ...exact, quiet, ...several, ...defaults, nobody];
  const steps: Step[] = [
    { alerts: all },
    // A part is resolved, one more fires, the rest is as before.
    { alerts: [...resolved(all.filter((_, index) => index % 2 === 0)), alert('other', 'Default', { instance: 'late' })] },
    { alerts: resolved(all) },
    // Flapping: what was resolved fires again.
    { alerts: [several[0] as StepAlert, quiet] },
    { alerts: resolved([several[0] as StepAlert, quiet]) },
  ];
  const { pairs, errors } = await runParity({ config: CONFIG, steps });
  expect(unequal(pairs)).toEqual([]);
  expect(summarize({ pairs, errors })).toMatchObject({ text: expect.stringContaining(`${pairs.length} of ${pairs.length} notifications`), passed: true });
  expect(errors).toEqual([]);
  // Every receiver that pages, in every step in which it has something to say.
  const receivers = (integration: string, step: number): string[] => [...new Set(
    pairs.filter((pair) => pair.integration === integration && pair.step === step).map(({ receiver }) => receiver ?? ''),
  )].sort();
  expect(receivers('pagerduty_configs', 1)).toEqual(['defaults', 'everything "quoted" (a.b) é', 'per-alert', 'several', 'silent-about-resolved']);
  expect(receivers('webhook_configs', 1)).toEqual(['everything "quoted" (a.b) é', 'per-alert', 'several']);
  expect(receivers('slack_configs', 1)).toEqual(['api', 'everything "quoted" (a.b) é', 'global/slack']);
  expect(receivers('email_configs', 1)).toEqual(['a@example.com, b@example.com', 'per-alert@example.com', 'per-label@example.com', 'several@example.com']);
  expect(receivers('pagerduty_configs', 5)).toEqual(['several']);
  expect(pairs.filter(({ step }) => step === 5)).toHaveLength(3 + 1 + 1 + 1);
  // Nothing but the default HTML is other than Alertmanager's.
  expect(pairs.filter(({ integration, equal }) => integration === 'email_configs' && !equal).every(({ receiver }) => receiver === 'several@example.com')).toBe(true);
});

test('what PagerDuty would refuse is repaired, what is too long is cut, and both are reported as documented', async () => {
  const hundreds = Array.from({ length: 300 }, (_, index) => alert('other', 'Hundreds', { instance: `node-${index}:9100` }));
  const severities = ['page', 'CRITICAL', ''].map((severity) => alert('severity', `Severity ${severity || 'none'}`, { severity: severity || 'none' }));
  const blank = alert('severity', 'Blank', {}, { summary: ' ' });
  const huge = alert('every', 'Every huge', { instance: 'i' }, { text: 'details '.repeat(75_000) });
  const steps: Step[] = [{ alerts: [...hundreds, ...severities, blank, huge] }, { alerts: resolved([...hundreds, ...severities, blank, huge]) }];
  const { pairs } = await runParity({ config: CONFIG, steps });
  expect(pairs.filter((pair) => !isAsDocumented(pair)).map(describePair)).toEqual([]);
  const reasonsOf = (name: string): string[] => [...new Set(pairs
    .filter(({ native }) => JSON.stringify(native).includes(name))
    .flatMap(({ differences }) => differences.map(({ documented }) => String(documented))))];
  expect(reasonsOf('Hundreds')).toEqual([]);
  expect(reasonsOf('Severity page')).toEqual(['refused-by-pagerduty']);
  expect(reasonsOf('Blank')).toEqual(['refused-by-pagerduty']);
  // A webhook loses the alerts that did not fit, and says how many.
  expect(reasonsOf('Every huge')).toEqual(['too-long-for-sns']);
  expect(pairs.filter(({ integration, receiver, differences }) => integration === 'pagerduty_configs' && receiver?.startsWith('everything') && differences.some(({ documented }) => documented === 'too-long-for-sns')))
    .toHaveLength(4);
});

test('a difference that is not documented is reported, and fails', async () => {
  // Text details from this Alertmanager, structured ones from the construct.
  const { pairs, errors } = await runParity({ config: CONFIG, details: 'structured', steps: [{ alerts: [alert('other', 'Default')] }] });
  expect(pairs).toHaveLength(1);
  expect(pairs[0]?.equal).toBe(false);
  expect(pairs[0]?.differences).toContainEqual({ field: 'payload.custom_details.firing', native: expect.any(String), relayed: [expect.anything()], documented: undefined });
  expect(summarize({ pairs, errors })).toEqual({ text: '0 of 1 notifications equal or explained (0 equal)', notes: [], passed: false });
});
