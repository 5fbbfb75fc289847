import * as fc from 'fast-check';
import type { Alert } from '../../../../lambda/receive/transports/alerts';
import { sysdigEvent, type SysdigData } from '../../../../lambda/receive/transports/sysdig-event';
import { errorsOfSysdigBody } from '../../../../sandbox/receivers/sysdig-rules';
import type { SysdigEvent, SysdigSettings } from '../../../../src/contract/sysdig';

const SETTINGS: SysdigSettings = { endpoint: 'us1', token: { secret: 'a/sysdig' }, defaultSeverity: 3 };

type Pairs = Readonly<Record<string, string>>;

function alert(labels: Pairs, annotations: Pairs = {}, status = 'firing'): Alert {
  return { status, labels, annotations, startsAt: '2026-11-25T10:00:00Z', endsAt: '0001-01-01T00:00:00Z', generatorURL: '', fingerprint: '0' };
}

/** The event of a group of these alerts. */
function eventOf(alerts: readonly Alert[], settings: Partial<SysdigSettings> = {}, head: Partial<SysdigData['head']> = {}): SysdigEvent & { isSeverityKnown: boolean } {
  const firing = alerts.filter(({ status }) => status === 'firing').length;
  return sysdigEvent({
    head: { receiver: 'SysdigMonitor', status: firing > 0 ? 'firing' : 'resolved', firing, resolved: alerts.length - firing, groupLabels: [], ...head },
    settings: { ...SETTINGS, ...settings },
    alerts,
  });
}

describe('the alert of the article', () => {
  const annotations = {
    container_id: '8c72934ff648',
    container_name: 'nginx-front',
    description: 'Function exec time too long',
    host_hostName: 'dockernode',
    host_mac: '08:00:27:b2:06:e8',
    severity: '5',
  };
  const labels = { alertname: 'Function exec time too long', source: 'docker' };
  const head = { groupLabels: [['alertname', 'Function exec time too long']] as const };

  test('has annotations as its scope, and labels as its tags', () => {
    expect(eventOf([alert(labels, annotations)], {}, head)).toEqual({
      name: 'Function exec time too long',
      description: 'Function exec time too long',
      severity: 5,
      scope: 'container.id = "8c72934ff648" and container.name = "nginx-front" and host.hostName = "dockernode" and host.mac = "08:00:27:b2:06:e8"',
      tags: { ...labels, status: 'firing' },
      isSeverityKnown: true,
    });
  });

  test('is an event of its own when it is resolved', () => {
    const [firing, resolved] = ['firing', 'resolved'].map((status) => eventOf([alert(labels, annotations, status)], {}, head));
    expect(resolved).toEqual({ ...firing, name: 'Function exec time too long (resolved)', tags: { ...labels, status: 'resolved' } });
  });
});

describe('the scope', () => {
  test.each<[string, Pairs, string | undefined, string | undefined]>([
    ['uses single quotes around double ones', { a: 'x "y"' }, 'a = \'x "y"\'', undefined],
    ['uses double quotes around single ones', { a: 'x\'y' }, 'a = "x\'y"', undefined],
    ['leaves a value with both to the description', { a: '"\'', b: 'c' }, 'b = "c"', 'a: "\''],
    ['leaves a value with a line feed to the description', { a: 'x\ny' }, undefined, 'a: x\ny'],
    ['leaves a name that is no label to the description', { 'a b': 'x' }, undefined, 'a b: x'],
    ['has no clause for an empty value', { a: '' }, undefined, 'a: '],
    ['has no texts', { summary: 's', runbook_url: 'https://r', dashboard: 'd', message: 'm' }, undefined, 's\n\ndashboard: d\nmessage: m\nrunbook_url: https://r'],
  ])('%s', (_, annotations, scope, description) => {
    const event = eventOf([alert({ alertname: 'A' }, annotations)]);
    expect([event.scope, event.description]).toEqual([scope, description]);
  });

  test('consists of the annotations that are named, under their labels', () => {
    const event = eventOf([alert({}, { host: 'h', team: 't' })], { scope: { host: 'host.hostName', missing: 'x' } });
    expect([event.scope, event.description]).toEqual(['host.hostName = "h"', 'team: t']);
  });
});

describe('the severity', () => {
  test.each<[string, Alert[], number, boolean?]>([
    ['is the number in the annotation', [alert({ severity: 'warning' }, { severity: '0' })], 0],
    ['is that of the label without one', [alert({ severity: 'Critical ' })], 2],
    ['is that of the label if the annotation has none that is known', [alert({ severity: 'info' }, { severity: 'x' })], 6],
    ['is the worst of those that fire', [alert({ severity: 'warning' }), alert({ severity: 'error' }), alert({ severity: 'critical' }, {}, 'resolved')], 3],
    ['is the worst of all when none fires', [alert({ severity: 'warning' }, {}, 'resolved'), alert({ severity: 'error' }, {}, 'resolved')], 3],
    ['is the default without one', [alert({})], 3, false],
    ['is the default for a number above 7', [alert({}, { severity: '8' })], 3, false],
    ['is the default for a name of an object', [alert({ severity: 'constructor' })], 3, false],
  ])('%s', (_, alerts, severity, isKnown = true) => {
    expect(eventOf(alerts)).toMatchObject({ severity, isSeverityKnown: isKnown });
  });

  test('is that of the table first, and the default that is set', () => {
    expect(eventOf([alert({ severity: 'Warning' })], { severities: { warning: 1 } }).severity).toBe(1);
    expect(eventOf([alert({})], { defaultSeverity: 7 }).severity).toBe(7);
  });
});

describe('a group of several alerts', () => {
  const alerts = [
    alert({ alertname: 'A', job: 'j', instance: '1' }, { host: 'h1', description: 'd1', team: 't' }),
    alert({ alertname: 'A', job: 'j', instance: '2' }, { host: 'h2', description: 'd2', team: 't' }, 'resolved'),
  ];

  test('has what they share as tags and scope, and the rest in the description', () => {
    expect(eventOf(alerts)).toMatchObject({
      name: 'A',
      scope: 'team = "t"',
      tags: { alertname: 'A', job: 'j', status: 'firing' },
      description: 'alerts: 1 firing, 1 resolved\ndescription: d1, d2\nhost: h1, h2\ninstance: 1, 2',
    });
  });

  test('is made of the first alerts with max_alerts, and says how many are missing', () => {
    const event = eventOf(alerts, { maxAlerts: 1 });
    expect(event).toMatchObject({ description: 'd1\n\nalerts: 1 firing, 1 resolved\nalerts not shown: 1', tags: { instance: '1' } });
  });

  test('is named after its alerts, or after the receiver when none arrived', () => {
    expect(eventOf(['A', 'B', 'C', 'D', 'E'].map((alertname) => alert({ alertname }))).name).toBe('A, B, C, and 2 more');
    expect(eventOf([], {}, { status: 'firing', firing: 2 })).toMatchObject({ name: 'SysdigMonitor', tags: { status: 'firing' }, description: 'alerts: 2 firing, 0 resolved\nalerts not shown: 2' });
  });
});

test('a group that fires is no resolved event, although the alert that fires is missing', () => {
  const event = eventOf([alert({ alertname: 'A' }, {}, 'resolved')], {}, { status: 'firing', firing: 1, resolved: 1 });
  expect(event).toMatchObject({ name: 'A', tags: { status: 'firing' } });
});

test('a label called status stays what it is', () => {
  expect(eventOf([alert({ status: '500' })]).tags).toEqual({ status: '500' });
});

test('a description that is too long ends in an ellipsis, and in no half character', () => {
  const { description = '' } = eventOf([alert({}, { description: '😀'.repeat(9000) })]);
  expect([...description]).toHaveLength(8192);
  expect(description.endsWith('😀…')).toBe(true);
});

test('whatever the alerts say, the event is one that the API accepts, and no value is lost', () => {
  const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 8 }), fc.constantFrom('"', '\'', '"\'', '\n', '\u0000', '7', 'critical', '__proto__', ' and x = "y"'));
  const pairs = fc.dictionary(fc.oneof(text, fc.constantFrom('severity', 'description', 'host_mac', 'alertname', 'status')), text, { maxKeys: 4, noNullPrototype: true });
  const alerts = fc.array(fc.record({ labels: pairs, annotations: pairs, status: fc.constantFrom('firing', 'resolved') }), { maxLength: 4 });
  fc.assert(fc.property(alerts, (given) => {
    const { isSeverityKnown: _known, ...event } = eventOf(given.map(({ labels, annotations, status }) => alert(labels, annotations, status)));
    expect(errorsOfSysdigBody(JSON.parse(JSON.stringify({ event })))).toEqual([]);
    const told = [event.name, event.description, event.scope, ...Object.values(event.tags)].join('\n');
    const values = given.flatMap(({ labels, annotations }) => [
      ...Object.values(labels), ...Object.entries(annotations).filter(([name]) => name !== 'severity').map(([, value]) => value),
    ]);
    for (const value of values) {
      expect(told).toContain(value);
    }
  }), { numRuns: 500 });
});
