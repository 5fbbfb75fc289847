import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { readNotification } from '../../../../lambda/receive/formats/read-notification';
import { SectionKind } from '../../../../src/contract/message';
import { snsNotification } from '../../notifications';
import { HASH, printMessage, type RelaySection } from '../../relay-message';

const KEY = 'abcdefghij0123456789ABCDEFGHIJ01';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('a message of the construct', () => {
  const sections: RelaySection[] = [
    { path: ['description'], content: '[FIRING:1] DiskFull' },
    { path: ['severity'], content: 'critical' },
    { path: ['source'], content: 'src' },
    { path: ['client'], content: 'Alertmanager' },
    { path: ['client_url'], content: 'https://am/' },
    { path: ['class'], content: 'c' },
    { path: ['component'], content: 'd' },
    { path: ['group'], content: 'e' },
    { path: ['links', 0, 'href'], content: 'https://l0' },
    { path: ['links', 0, 'text'], content: 't0' },
    { path: ['links', 1, 'href'], content: 'https://l1' },
    { path: ['images', 0, 'src'], content: 'https://i0' },
    { path: ['details', 'num_firing'], content: '1' },
    { path: ['details', '__proto__'], content: 'a label may be called anything' },
    { path: ['details', 'nested', 'list', 0], content: 'x' },
    { path: ['details', 'nested', 'list', 1, 'deep'], content: 'y' },
    { path: ['details', 'nested', 'count'], kind: SectionKind.JSON, content: '2' },
  ];

  test('has every field where PagerDuty expects it', () => {
    const read = readNotification(snsNotification(printMessage({
      routeKey: '{}/{a="b"}', groupLabels: [['alertname', 'Disk\u0007']], routingKey: 'db-team', endpoint: 'eu', receiver: 'pager', sections,
    })));
    expect(read).toEqual({
      format: 'relay',
      action: 'trigger',
      dedupKey: sha256('{}/{a="b"}:{alertname="Disk\\a"}'),
      routingKey: { name: 'db-team' },
      endpoint: 'eu',
      receiver: 'pager',
      cut: false,
      note: undefined,
      fields: {
        summary: '[FIRING:1] DiskFull',
        severity: 'critical',
        source: 'src',
        client: 'Alertmanager',
        clientUrl: 'https://am/',
        class: 'c',
        component: 'd',
        group: 'e',
        links: [{ href: 'https://l0', text: 't0' }, { href: 'https://l1' }],
        images: [{ src: 'https://i0' }],
        details: expect.objectContaining({ num_firing: '1', nested: { list: ['x', { deep: 'y' }], count: 2 } }),
      },
    });
    expect(Object.entries(read.fields.details ?? {})).toContainEqual(['__proto__', 'a label may be called anything']);
  });

  test('resolves when nothing fires any more', () => {
    expect(readNotification(snsNotification(printMessage({ status: 'resolved' }))).action).toBe('resolve');
  });

  test('with an empty description says so, and names the alert', () => {
    const read = readNotification(snsNotification(printMessage({ firing: 3, groupLabels: [['alertname', 'X "y"']], sections: [{ path: ['description'], content: ' ' }] })));
    expect(read.fields.summary).toBe('[FIRING:3] {alertname="X \\"y\\""} (the description of receiver "pager" is empty)');
  });

  test('takes details that come as one object, or as text where an object was meant', () => {
    const details = (content: string) => readNotification(snsNotification(printMessage({
      sections: [{ kind: SectionKind.JSON, path: ['details'], content }],
    }))).fields.details;
    expect(details('{"a":{"b":[1]}}')).toEqual({ a: { b: [1] } });
    expect(details('{"a":')).toEqual({ details: '{"a":' });
  });

  test('that was cut has the severity of its attribute, and says what is missing', () => {
    const whole = printMessage({ sections });
    const cutAt = (text: string) => readNotification(snsNotification(whole.slice(0, whole.indexOf(text)), { attributes: { severity: 'warning' } }));
    expect(cutAt('itical')).toMatchObject({ cut: true, fields: { severity: 'warning' }, note: expect.stringContaining('the beginning of severity is missing') });
    expect((cutAt('DiskFull')).fields).toMatchObject({ summary: '[FIRING:1] ', severity: 'warning' });
    expect(cutAt('//l1')).toMatchObject({ fields: { links: [{ href: 'https://l0', text: 't0' }] }, note: expect.stringContaining('links.1.href') });
    expect(cutAt(' may be called').fields.details).toMatchObject({ num_firing: '1' });
  });

  test('of a version that is not known pages as unreadable', () => {
    expect(readNotification(snsNotification(`cdk-amp-pagerduty/2:${HASH} {}\n`, { attributes: { routing_key_name: 'db-team', severity: 'critical', receiver: 'r' } }))).toMatchObject({
      format: 'unreadable', action: 'trigger', routingKey: { name: 'db-team' }, receiver: 'r', fields: { severity: 'critical' },
    });
  });
});

describe('the message of the article', () => {
  const message = [
    `routing_key: ${KEY}`,
    'dedup_key: 00123',
    'client_url: https://grafana/d/1',
    'severity: Warning',
    'description: Prometheus job missing (instance localhost:9100)',
    'details:',
    '  alert_name: DemoAlert',
    `  secret: "key ${KEY}"`,
    '  count: 2',
    'links:',
    '  - href: https://runbook',
    '    text: Runbook',
  ].join('\n');

  test('becomes what the function of the article sends, but for the key', () => {
    expect(readNotification(snsNotification(message, { subject: '[FIRING:1] DemoAlert (x)' }))).toEqual({
      format: 'article',
      action: 'trigger',
      dedupKey: '00123',
      routingKey: { sha256: sha256(KEY) },
      receiver: 'unknown',
      cut: false,
      fields: {
        summary: 'Prometheus job missing (instance localhost:9100)',
        severity: 'Warning',
        source: 'https://grafana/d/1',
        client: 'Alertmanager',
        clientUrl: 'https://grafana/d/1',
        links: [{ href: 'https://runbook', text: 'Runbook' }],
        images: [],
        details: { alert_name: 'DemoAlert', secret: 'key [redacted]', count: 2 },
      },
    });
  });

  test.each([
    ['[RESOLVED] DemoAlert', {}, 'resolve'],
    ['AMP: [RESOLVED] DemoAlert', {}, 'resolve'],
    ['[FIRING:1] a label says [RESOLVED]', {}, 'trigger'],
    ['', {}, 'trigger'],
    ['Error - contains control- or non-ASCII characters', {}, 'trigger'],
    ['', { status: 'resolved' }, 'resolve'],
    ['[RESOLVED] old', { status: 'firing' }, 'trigger'],
  ])('with subject "%s" and attributes %j is a %s', (subject, attributes: Record<string, string>, action) => {
    expect(readNotification(snsNotification(message, { subject, attributes })).action).toBe(action);
  });

  test('without dedup key has the same one for trigger and resolve', () => {
    const keyOf = (subject: string) => readNotification(snsNotification(`routing_key: ${KEY}\ndescription: d`, { subject })).dedupKey;
    expect(keyOf('[FIRING:2] X (a b)')).toBe(keyOf('[RESOLVED] X (a)'));
    expect(keyOf('[FIRING:2] X (a b)')).not.toBe(keyOf('[FIRING:2] Y (a b)'));
  });

  test('without description or with an odd shape still pages', () => {
    const read = readNotification(snsNotification('dedup_key: k\ndetails: just text\nlinks: none\nseverity:\nclient_url: ~'));
    expect(read).toMatchObject({ format: 'article', routingKey: {}, fields: { details: { details: 'just text' }, links: [], summary: expect.stringContaining('dedup key k') } });
    expect(read.fields.severity).toBeUndefined();
    expect(read.fields.clientUrl).toBeUndefined();
  });

  test('keeps a key of digits, quoted or not, and one that an alias repeats', () => {
    const digits = '0'.repeat(31) + '1';
    for (const text of [`routing_key: ${digits}`, `routing_key: "${digits}"`, `a: &k ${digits}\nrouting_key: *k`, `routing_key: |\n  ${digits}\n`]) {
      const expected = text.includes('*k') ? undefined : sha256(digits);
      expect(readNotification(snsNotification(`${text}\ndedup_key: d`)).routingKey.sha256 ?? undefined).toEqual(expected ?? expect.any(String));
    }
  });

  test('that a label has broken pages as unreadable, without the key', () => {
    const read = readNotification(snsNotification(`${message}\ndescription: "it's`, { subject: '[FIRING:1] X' }));
    expect(read).toMatchObject({ format: 'unreadable', fields: { summary: expect.stringContaining('[FIRING:1] X') } });
    expect(JSON.stringify(read)).not.toContain(KEY);
    expect(read.fields.details?.message).toContain('[redacted]');
  });

  test('makes the parser warn of nothing: a warning would quote the message', () => {
    const warn = jest.spyOn(process, 'emitWarning');
    readNotification(snsNotification(`dedup_key: d\n? [${KEY}]\n: b\nsource: !unknown ${KEY}`));
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  test('a dedup key with the routing key in it is hashed, the same way for trigger and resolve', () => {
    const dedupKeys = ['[FIRING:1] X', '[RESOLVED] X'].map((subject) =>
      readNotification(snsNotification(`routing_key: ${KEY}\ndedup_key: ${KEY}-disk`, { subject })).dedupKey);
    expect(new Set(dedupKeys).size).toBe(1);
    expect(dedupKeys[0]).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each(['routing_key: a\n- b', 'dedup_key: *unknown', `dedup_key: ${'['.repeat(100_000)}`, 'routing_key: &a [*a, *a]'])('never makes the relay throw: %#', (text) => {
    expect(readNotification(snsNotification(text)).action).toBe('trigger');
  });
});

describe('the JSON message of AMP\'s user guide', () => {
  const alert = { labels: { alertname: 'X', severity: 'warning' }, annotations: { summary: 's' }, startsAt: '2021-11-01 00:00:00 +0000 UTC', generatorURL: '/graph?g0' };
  const message = {
    receiver: 'default',
    status: 'firing',
    alerts: [{ status: 'firing', ...alert }, { status: 'resolved', ...alert, labels: { alertname: 'X', severity: 'critical' } }],
    groupLabels: { alertname: 'X' },
    commonLabels: { alertname: 'X', job: 'node' },
    commonAnnotations: { summary: 's' },
    externalURL: 'https://am.example',
  };

  test('becomes what Alertmanager\'s defaults print', () => {
    const list = 'Labels:\n - alertname = X\n - severity = warning\nAnnotations:\n - summary = s\nSource: /graph?g0\n';
    expect(readNotification(snsNotification(JSON.stringify(message)))).toMatchObject({
      format: 'amp-json',
      action: 'trigger',
      receiver: 'default',
      routingKey: {},
      cut: false,
      fields: {
        summary: '[FIRING:1] X (node)',
        severity: 'critical',
        source: 'Alertmanager',
        client: 'Alertmanager',
        clientUrl: 'https://am.example',
        details: { firing: list, resolved: list.replace('warning', 'critical'), num_firing: '1', num_resolved: '1' },
      },
    });
  });

  test('has one dedup key for trigger and resolve, whatever else changes', () => {
    const firing = readNotification(snsNotification(JSON.stringify(message)));
    const resolved = readNotification(snsNotification(JSON.stringify({ ...message, status: 'resolved', alerts: [], commonLabels: {} })));
    expect(resolved.action).toBe('resolve');
    expect(resolved.dedupKey).toBe(firing.dedupKey);
    expect(resolved.fields.clientUrl).toBe('https://am.example');
    expect(readNotification(snsNotification(JSON.stringify({ ...message, receiver: 'other' }))).dedupKey).not.toBe(firing.dedupKey);
  });

  test('without the parts that its template leaves out when they are empty still pages', () => {
    expect(readNotification(snsNotification('{"receiver":"r","status":"firing","alerts":[{"status":"firing"}],"externalURL":"/x"}'))).toMatchObject({
      action: 'trigger', fields: { summary: '[FIRING:1] ', severity: undefined, clientUrl: undefined },
    });
    expect(readNotification(snsNotification('{"alerts":[{"status":"resolved"},7]}')).action).toBe('resolve');
    expect(readNotification(snsNotification('{"alerts":[]}')).action).toBe('trigger');
  });

  test('that a quote in an annotation has broken pages as unreadable', () => {
    const broken = JSON.stringify(message).replace('"summary":"s"', '"summary":"say "s""');
    expect(readNotification(snsNotification(broken, { subject: '[FIRING:1] X' }))).toMatchObject({
      format: 'unreadable', fields: { summary: expect.stringMatching(/could not be read: \[FIRING:1\] X \(.*quote/) },
    });
  });
});

describe('Alertmanager\'s own message for SNS', () => {
  const message = 'summary of it\n\nAlerts Firing:\nLabels:\n - alertname = X\n - severity = critical\nAnnotations:\nSource: /graph\n\n\n';

  test('pages with its text', () => {
    expect(readNotification(snsNotification(message, { subject: '[FIRING:1] X (critical)' }))).toMatchObject({
      format: 'default-text', action: 'trigger', fields: { summary: '[FIRING:1] X (critical)', severity: 'critical', details: { message } },
    });
  });

  test('resolves with the same dedup key', () => {
    const firing = readNotification(snsNotification(message, { subject: '[FIRING:1] X (critical)' }));
    const resolved = readNotification(snsNotification(message.replace('Firing', 'Resolved'), { subject: '[RESOLVED] X (a)' }));
    expect(resolved).toMatchObject({ action: 'resolve', dedupKey: firing.dedupKey });
  });

  test('that was cut says so', () => {
    expect(readNotification(snsNotification(message, { attributes: { truncated: 'true' } }))).toMatchObject({ cut: true, note: expect.any(String), fields: { summary: '[FIRING] X' } });
  });
});

describe('anything else', () => {
  test.each([
    ['Error - not a valid UTF-8 encoded string', /AMP could not publish it: not a valid UTF-8/],
    ['Error - Message should not be empty.', /AMP could not publish it: Message should not be empty/],
    ['', /the message is empty/],
    ['hello', /in no format that the relay knows/],
    ['{"hello":1}', /in no format that the relay knows/],
  ])('"%s" pages and says why', (message, reason) => {
    const read = readNotification(snsNotification(message, { attributes: { receiver: 'r', severity: 'info', status: 'resolved', modified: 'Message: Error' } }));
    expect(read).toMatchObject({ format: 'unreadable', action: 'trigger', receiver: 'r', fields: { summary: expect.stringMatching(reason), details: { modified: 'Message: Error', status: 'resolved' } } });
  });

  test('is one incident per topic and receiver, however many there are', () => {
    const keyOf = (message: string, receiver: string) => readNotification(snsNotification(message, { attributes: { receiver } })).dedupKey;
    expect(keyOf('a', 'r')).toBe(keyOf('b', 'r'));
    expect(keyOf('a', 'r')).not.toBe(keyOf('a', 's'));
  });

  test('never makes it throw, and always has a dedup key', () => {
    const pieces = fc.constantFrom('{', '}', '[', ']', '"', ':', '\n', 'routing_key: ', 'dedup_key: ', '- ', '&a ', '*a ', '!!binary ', 'Alerts Firing:\nLabels:\n', '"alerts":[', '\\', '\u0000', '? ', '|\n');
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.array(pieces, { maxLength: 20 }).map((all) => all.join(''))), fc.string(), (message, subject) => {
      const read = readNotification(snsNotification(message, { subject }));
      expect(read.dedupKey.length).toBeGreaterThan(0);
    }), { numRuns: 500 });
  });
});
