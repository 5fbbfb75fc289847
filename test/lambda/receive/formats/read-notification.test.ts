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

  test('that ends early says whether Amazon SNS has truncated it, or a template has failed', () => {
    const early = printMessage({ sections }).slice(0, -45);
    expect(readNotification(snsNotification(early, { attributes: { truncated: 'true' } })).note).toMatch(/too long for Amazon SNS/);
    expect(readNotification(snsNotification(early)).note).toMatch(/a template failed/);
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

  test.each([
    ['[FIRING:1] HighCPU (node-1)', 'details:\n  summary: x'],
    ['disk usage: 91 % on node-1', 'details:\n  summary: y'],
    ['CPU > 90%', 'details:\n  summary: a\nb'],
    ['ok', 'details:\n  summary: Job "x" failed: exit 1'],
    ['*star', 'details:\n  summary: &amp'],
    ['%d restarts', 'details:\n  summary: z'],
    ['@oncall', 'details:\n  summary: `date`'],
    ['\'db\' down', 'details:\n  summary: q'],
    ['"db" down', 'details: {'],
    ['> 90', ''],
    ['two\nlines', ''],
    ['Queue #3', ''],
  ])('is read line by line where a value is not valid YAML, or is something else in it: %j', (description, rest) => {
    const text = `routing_key: ${KEY}\ndedup_key: 2026-01-01\nseverity: critical\ndescription: ${description}\n${rest}\n`;
    const [trigger, resolve] = ['[FIRING:1] HighCPU', '[RESOLVED] HighCPU'].map((subject) => readNotification(snsNotification(text, { subject })));
    expect(trigger).toMatchObject({
      format: 'article', action: 'trigger', dedupKey: '2026-01-01', routingKey: { sha256: sha256(KEY) }, fields: { summary: description, severity: 'critical' },
    });
    expect(resolve).toMatchObject({ action: 'resolve', dedupKey: '2026-01-01' });
    expect(resolve.skipped).toBeUndefined();
    expect(JSON.stringify([trigger, resolve])).not.toContain(KEY);
  });

  test('keeps dedup keys apart that YAML would cut at a number sign', () => {
    const keyOf = (dedupKey: string) => readNotification(snsNotification(`routing_key: ${KEY}\ndedup_key: ${dedupKey}`)).dedupKey;
    expect(keyOf('Queue #3')).not.toBe(keyOf('Queue #4'));
  });

  test('with a comment behind the routing key has the key without it', () => {
    expect(readNotification(snsNotification(`routing_key: ${KEY} # team a\ndedup_key: d`)).routingKey).toEqual({ sha256: sha256(KEY) });
  });

  test('with the routing key below details uses it, if it is in the secret, and hides it everywhere', () => {
    const read = readNotification(snsNotification(`dedup_key: x\ndescription: use ${KEY}\ndetails:\n  routing_key: ${KEY}\n  glued: a${KEY}b`));
    expect(read.routingKey).toEqual({ sha256: sha256(KEY), orDefault: true });
    expect(JSON.stringify(read)).not.toContain(KEY);
  });

  test('does not let an alias repeat what it stands for, or quotes cost the parser seconds', () => {
    const aliases = readNotification(snsNotification(`dedup_key: d\na: &a ${'x'.repeat(50_000)}\ndetails: [*a, *a, *a, *a, *a, *a]`));
    expect(JSON.stringify(aliases).length).toBeLessThan(100_000);
    expect(readNotification(snsNotification(`dedup_key: ${'"'.repeat(250_000)}`))).toMatchObject({ format: 'article', action: 'trigger' });
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

  describe('that a value has broken', () => {
    const guide = (status: string, name: string, description: string) => `{"receiver": "pager","status": "${status}","alerts": [{"status": "${status}",`
      + `"labels": {"alertname": "${name}", "severity": "critical"},"annotations": {"description": "${description}", "summary": "s"},`
      + '"startsAt": "2026-01-01","endsAt": "0001-01-01","generatorURL": "/graph","fingerprint": "0b1"}],'
      + `"groupLabels": {"alertname": "${name}"},"commonLabels": {"alertname": "${name}", "severity": "critical"}}`;

    test.each([
      'CPU above 60%\n  value = 93.2\n', 'Job "backup" failed', 'Node can\\\'t be reached \\u003Cb', 'C:\\', '{"a": "b"}, {"c"', 'see "x": ["y"]', '"', '\\"', '}}}', ']',
    ])('is read nevertheless: %j', (description) => {
      const [trigger, resolve] = ['firing', 'resolved'].map((status) => readNotification(snsNotification(guide(status, 'X', description), { subject: 'prometheus_alert' })));
      expect(trigger).toMatchObject({ format: 'amp-json', action: 'trigger', fields: { severity: 'critical', summary: '[FIRING:1] X (critical)' } });
      expect(resolve).toMatchObject({ action: 'resolve', dedupKey: trigger.dedupKey });
      expect(resolve.skipped).toBeUndefined();
      expect(readNotification(snsNotification(guide('firing', 'X', 'plain'))).dedupKey).toBe(trigger.dedupKey);
      expect(readNotification(snsNotification(guide('firing', 'Y', description))).dedupKey).not.toBe(trigger.dedupKey);
    });

    test('pages, but resolves nothing, when it was cut', () => {
      const [trigger, resolve] = ['firing', 'resolved'].map((status) =>
        readNotification(snsNotification(guide(status, 'X', 'd').slice(0, 150), { subject: `[${status === 'firing' ? 'FIRING:1' : 'RESOLVED'}] X`, attributes: { truncated: 'true' } })));
      expect(trigger).toMatchObject({ action: 'trigger', cut: true, receiver: 'pager', fields: { severity: 'critical', summary: '[FIRING:1] X X' } });
      expect(resolve.skipped).toMatch(/identify the incident/);
    });

    test.each([['a\nb', 'a\\nb'], ['"', '\\"'], ['x\\', 'x']])('keeps group labels apart that differ in their escapes: %j and %j', (one, other) => {
      const keyOf = (name: string) => readNotification(snsNotification(guide('firing', name, 'd'))).dedupKey;
      expect(keyOf(one)).not.toBe(keyOf(other));
    });
  });

  test('that does not print the group labels keeps alerts apart, and resolves a single one', () => {
    const own = (status: string, ...names: string[]) => readNotification(snsNotification(JSON.stringify({
      status, alerts: names.map((alertname) => ({ status, labels: { alertname } })), commonLabels: names.length === 1 ? { alertname: names[0] } : {},
    })));
    expect(own('firing', 'A').dedupKey).not.toBe(own('firing', 'B').dedupKey);
    expect(own('resolved', 'A')).toMatchObject({ action: 'resolve', dedupKey: own('firing', 'A').dedupKey });
    expect(own('resolved', 'A').skipped).toBeUndefined();
    expect(own('resolved', 'A', 'B').skipped).toBeDefined();
  });

  test('with Alertmanager\'s own key of the group is told by it', () => {
    const keyOf = (groupKey: string) => readNotification(snsNotification(JSON.stringify({ ...message, groupKey }))).dedupKey;
    expect(keyOf('{}:{a="1"}')).not.toBe(keyOf('{}:{a="2"}'));
  });

  test('with a routing key in a label uses it, if it is in the secret, and hides it', () => {
    const labels = { alertname: 'X', pagerduty_key: KEY };
    const read = readNotification(snsNotification(JSON.stringify({ ...message, commonLabels: labels, alerts: [{ status: 'firing', labels }] })));
    expect(read.routingKey).toEqual({ sha256: sha256(KEY), orDefault: true });
    expect(JSON.stringify(read)).not.toContain(KEY);
  });
});

describe('Alertmanager\'s own message for SNS', () => {
  const message = 'summary of it\n\nAlerts Firing:\nLabels:\n - alertname = X\n - severity = critical\nAnnotations:\nSource: /graph\n\n\n';

  test('pages with its text', () => {
    expect(readNotification(snsNotification(message, { subject: '[FIRING:1] X (critical)' }))).toMatchObject({
      format: 'default-text', action: 'trigger', fields: { summary: '[FIRING:1] X (critical)', severity: 'critical', details: { message } },
    });
  });

  const list = (status: string, ...alerts: string[][]) =>
    `Alerts ${status}:\n${alerts.map((labels) => `Labels:\n${labels.map((label) => ` - ${label}\n`).join('')}Annotations:\n - summary = s\nSource: /graph\n`).join('')}`;
  const read = (subject: string, text: string, attributes: Record<string, string> = {}) => readNotification(snsNotification(`s\n${text}`, { subject, attributes }));
  const volume = (name: string) => ['alertname = VolumeFull', 'severity = critical', `volume = ${name}`];

  test('resolves with the same dedup key, whatever the other common labels are', () => {
    const firing = read('[FIRING:2] VolumeFull Data (D:) (critical)', list('Firing', [...volume('Data (D:)'), 'pod = a'], [...volume('Data (D:)'), 'pod = b']));
    const resolved = read('[RESOLVED] VolumeFull Data (D:) (a critical)', list('Resolved', ['alertname = VolumeFull', 'pod = a', 'severity = critical', 'volume = Data (D:)']));
    // The subject prints the group labels first, in the order of their names.
    expect(firing.action).toBe('trigger');
    expect(resolved.action).toBe('resolve');
    expect(resolved.skipped).toBeUndefined();
    expect(resolved.dedupKey).toBe(firing.dedupKey);
  });

  test('keeps group values with parentheses apart', () => {
    const keys = ['Data (D:)', 'Data (E:)', 'Data'].map((name) => read(`[FIRING:1] VolumeFull ${name} (critical)`, list('Firing', volume(name))).dedupKey);
    expect(new Set(keys).size).toBe(3);
  });

  test.each([
    ['replaced by AMP', 'Error - contains control- or non-ASCII characters', 'Error - contains control- or non-ASCII characters', { modified: 'Subject: Error - contains non-printable ASCII characters' }],
    ['cut by AMP', `[FIRING:1] ${'x'.repeat(89)}`, `[RESOLVED] ${'x'.repeat(89)}`, { modified: 'Subject: Error - Subject has been truncated from 136 characters' }],
    ['a constant', 'prometheus_alert', 'prometheus_alert', {}],
    ['empty', '', '', {}],
  ])('is told by its labels when the subject is %s', (_what, firing, resolved, attributes: Record<string, string>) => {
    const a = read(firing, list('Firing', ['alertname = Überhitzt', 'severity = warning']), attributes);
    const b = read(firing, list('Firing', ['alertname = Lüfterausfall', 'severity = warning']), attributes);
    const end = read(resolved, list('Resolved', ['alertname = Lüfterausfall', 'severity = warning']), attributes);
    expect(a.dedupKey).not.toBe(b.dedupKey);
    expect(end).toMatchObject({ action: 'resolve', dedupKey: b.dedupKey });
    expect(end.skipped).toBeUndefined();
    expect(b.fields).toMatchObject({ severity: 'warning' });
    if (!firing.startsWith('[')) expect(b.fields.summary).toContain('Lüfterausfall');
  });

  test('that was cut says so, and resolves nothing', () => {
    expect(read('', list('Firing', ['alertname = X', 'severity = critical']), { truncated: 'true' })).toMatchObject({
      action: 'trigger', cut: true, note: expect.any(String), fields: { summary: '[FIRING:1] X critical' },
    });
    expect(read('', list('Resolved', ['alertname = X']), { truncated: 'true' }).skipped).toBeDefined();
  });

  test('does not take the lines of an annotation for those of an alert', () => {
    const text = list('Resolved', ['alertname = X']).replace('summary = s', 'summary = s\nAlerts Firing:\nLabels:\n - severity = critical');
    expect(read('[RESOLVED] X ', text)).toMatchObject({ action: 'resolve', fields: { severity: undefined } });
  });
});

describe('a text of the user\'s own', () => {
  const read = (subject: string, text: string, attributes: Record<string, string> = {}) =>
    readNotification(snsNotification(text, { subject, attributes }));

  test('is told by the default subject, and resolved by it', () => {
    const shop = read('[FIRING:1] WebShopDown', 'name WebShopDown, level critical, text: the shop is down\n');
    const database = read('[FIRING:1] DatabaseDown', 'name DatabaseDown, level critical, text: the database is down\n');
    const resolved = read('[RESOLVED] WebShopDown', 'name WebShopDown, level critical, text: the shop is down\n');
    expect(shop).toMatchObject({ format: 'own-text', action: 'trigger', fields: { severity: 'critical', summary: '[FIRING:1] WebShopDown' } });
    expect(database.dedupKey).not.toBe(shop.dedupKey);
    expect(resolved).toMatchObject({ action: 'resolve', dedupKey: shop.dedupKey });
    expect(resolved.skipped).toBeUndefined();
  });

  test('with another subject opens incidents of their own, which nothing resolves', () => {
    expect(read('Alert: WebShopDown', 'the shop is down').dedupKey).not.toBe(read('Alert: DatabaseDown', 'the database is down').dedupKey);
    expect(read('alert', 'the shop is down').dedupKey).not.toBe(read('alert', 'the database is down').dedupKey);
    expect(read('alert', 'load is 91').dedupKey).toBe(read('alert', 'load is 93').dedupKey);
    expect(read('alert [RESOLVED]', 'the shop is down').skipped).toBeDefined();
    expect(read('alert', 'the shop is down', { status: 'resolved' }).skipped).toBeDefined();
    // A constant with a status looks like the default subject of a resolve, but no trigger has opened an incident with its key.
    expect(read('[RESOLVED] prometheus', 'a').dedupKey).not.toBe(read('[FIRING] prometheus', 'a').dedupKey);
  });

  test.each([
    ['a first line in brackets', 'alert', '[RESOLVED] the shop is up'],
    ['a line with the status', 'alert', 'WebShopDown\nStatus: resolved\nlevel critical'],
    ['a line with the status in bold', 'alert', '*Status:* RESOLVED\nWebShopDown'],
    ['JSON', 'alert', '{"status": "resolved", "alertname": "X"}'],
    ['a text whose subject AMP has replaced', 'Error - the subject had invalid characters', '[RESOLVED] WebShopDown'],
  ])('opens nothing when it reports itself that its alert is resolved, by %s', (_what, subject, text) => {
    const resolved = read(subject, text);
    expect(resolved.action).toBe('resolve');
    expect(resolved.skipped).toBeDefined();
  });

  test.each([
    ['speaks of resolving', 'alert', 'the name of the shop is not resolved'],
    ['lists a label with this value', 'alert', 'WebShopDown\nLabels:\n - status = resolved'],
    ['has an indented line with it', 'alert', 'WebShopDown\nlabels:\n  status: resolved'],
    ['has another status first', 'alert', 'Status: open\nstatus: resolved'],
    ['lists what fires, too', 'alert', 'Status: resolved\n2 alerts are firing'],
    ['has a subject that fires', '[FIRING:1] WebShopDown', 'Status: resolved'],
    ['has a nested member', 'alert', '{"alert": {"status": "resolved"}}'],
  ])('pages when it %s', (_what, subject, text) => {
    expect(read(subject, text)).toMatchObject({ action: 'trigger' });
    expect(read(subject, text).skipped).toBeUndefined();
  });

  test('pages when its attribute says that it fires', () => {
    expect(read('alert', 'Status: resolved', { status: 'firing' })).toMatchObject({ action: 'trigger' });
  });

  test.each([
    ['[FIRING:1] X (db critical)', 'text', 'critical'],
    ['[FIRING:1] X', 'severity=warning', 'warning'],
    ['', '"severity": "info"', 'info'],
    ['', 'level 3', undefined],
    ['', 'not critical at all', undefined],
  ])('has the severity that subject "%s" and text %j name', (subject, text, severity) => {
    expect(read(subject, text).fields.severity).toBe(severity);
  });
});

describe('anything else', () => {
  test.each([
    ['Error - not a valid UTF-8 encoded string', /AMP could not publish it: not a valid UTF-8/],
    ['Error - Message should not be empty.', /AMP could not publish it: Message should not be empty/],
    ['', /the message is empty/],
    ['Error - contains control- or non-ASCII characters', /AMP could not publish it: contains control/],
  ])('"%s" pages and says why', (message, reason) => {
    const read = readNotification(snsNotification(message, { attributes: { receiver: 'r', severity: 'info', status: 'firing', modified: 'Message: Error' } }));
    expect(read).toMatchObject({ format: 'unreadable', action: 'trigger', receiver: 'r', fields: { summary: expect.stringMatching(reason), details: { modified: 'Message: Error', status: 'firing' } } });
  });

  test.each([
    [{ status: 'resolved', receiver: 'pager' }, 'Error - contains control- or non-ASCII characters'],
    [{}, '[RESOLVED] X'],
  ])('does nothing if it is a resolve, by %j or subject "%s": it must not page, and cannot be told what it resolves', (attributes, subject) => {
    for (const message of ['Error - contains control- or non-ASCII characters', '', `cdk-amp-pagerduty/2:${HASH} {}\n`]) {
      expect(readNotification(snsNotification(message, { subject, attributes })).skipped).toMatch(/identify the incident/);
    }
  });

  test('is one incident per topic, receiver, and default subject, however many there are', () => {
    const keyOf = (receiver: string, subject = '') => readNotification(snsNotification('', { subject, attributes: { receiver } })).dedupKey;
    expect(keyOf('r')).toBe(keyOf('r'));
    expect(keyOf('r')).not.toBe(keyOf('s'));
    expect(keyOf('r', '[FIRING:1] A (x)')).toBe(keyOf('r', '[FIRING:2] A '));
    expect(keyOf('r', '[FIRING:1] A')).not.toBe(keyOf('r', '[FIRING:1] B'));
  });

  test('never makes it throw, and always has a dedup key', () => {
    const pieces = fc.constantFrom('{', '}', '[', ']', '"', ':', '\n', 'routing_key: ', 'dedup_key: ', '- ', '&a ', '*a ', '!!binary ', 'Alerts Firing:\nLabels:\n', '"alerts":[', '\\', '\u0000', '? ', '|\n');
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.array(pieces, { maxLength: 20 }).map((all) => all.join(''))), fc.string(), (message, subject) => {
      const read = readNotification(snsNotification(message, { subject }));
      expect(read.dedupKey.length).toBeGreaterThan(0);
    }), { numRuns: 500 });
  });
});
