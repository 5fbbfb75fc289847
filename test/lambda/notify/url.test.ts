import * as fc from 'fast-check';
import { resolveUrl } from '../../../lambda/notify/webhook/url';
import { splitUrlTemplate } from '../../../src/alertmanager/translate/transports/url-template';
import { permissionForAddress } from '../../../src/contract/addresses';

test('construct and function find the same actions in a URL', () => {
  const action = fc.constantFrom('{{ .Status }}', '{{- .Status -}}', '{{/* }} */}}', '{{ "}}" }}', '{{ `a}}b` }}', '{{ printf "%s\\"}}" .X }}', '{{ template "x" . }}', '{{$a := 1}}');
  const text = fc.constantFrom('/', 'a', '?x=', '&', '{', '}', '%20', '"', 'b/c');
  fc.assert(fc.property(fc.array(fc.oneof(action, text), { maxLength: 8 }), (parts) => {
    const url = `https://hooks.example.com/${parts.join('/')}`;
    const split = splitUrlTemplate(url);
    if (!('actions' in split)) return;
    const resolved = resolveUrl(url, split.actions.map((_, index) => `p${index}`));
    expect(resolved).toMatchObject({ url: { host: 'hooks.example.com' } });
    expect('url' in resolved && split.actions.every((_, index) => resolved.target?.includes(`p${index}`))).toBe(true);
  }));
});

test('whatever an action prints, the request goes to the host that the secret names', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('https://a.example.com/{{ .X }}', 'https://a.example.com?{{ .X }}', 'https://a.example.com/#{{ .X }}/b'), (printed, template) => {
    const resolved = resolveUrl(template, [printed]);
    expect('problem' in resolved || resolved.url.host === 'a.example.com').toBe(true);
  }));
});

test('whatever an action prints, the path that was asked for is in the one of the secret', () => {
  const nasty = fc.array(fc.constantFrom('..', '.', '/', '\\', '%2e', '%2E', '%2f', '%5C', '%252e', ';', '?', '#', ' ', 'a', '@', '%', '\t'), { maxLength: 6 }).map((pieces) => pieces.join(''));
  fc.assert(fc.property(nasty, nasty, fc.boolean(), (first, second, isInTheMiddle) => {
    const resolved = resolveUrl(`https://hooks.example.com/tenants/a/${isInTheMiddle ? '{{ .X }}/b/{{ .Y }}' : '{{ .X }}{{ .Y }}'}`, [first, second]);
    // What a server reads that decodes as often as it can, and takes backslashes for slashes.
    let path = 'target' in resolved && resolved.target !== undefined ? resolved.target.split('?')[0] : '/tenants/a/';
    while (/%[0-9a-f]{2}/i.test(path)) path = path.replace(/%([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)));
    expect(new URL(`https://hooks.example.com${path.replace(/[?#].*/, '')}`).pathname).toMatch(/^\/tenants\/a\//);
  }), { numRuns: 2000 });
});

test.each([
  ['https://a.example.com/{{ .X }}', '..'], ['https://a.example.com/{{ .X }}/b', 'x/../y'], ['https://a.example.com/.{{ .X }}/b', '.'], ['https://a.example.com/{{ .X }}', '%2e%2e'],
])('the URL %s, of which an action prints %s, is final: no change of the secret helps this notification', (template, printed) => {
  expect(resolveUrl(template, [printed])).toEqual({ problem: expect.stringContaining('.. segment'), isFinal: true });
});

test.each([
  ['https://a.example.com/{{ .X }}', 'a..b', '/a..b'], ['https://a.example.com/x?y={{ .X }}', '../..', '/x?y=../..'], ['https://a.example.com/x#{{ .X }}', '/../', '/x'],
  // White space around the value of a secret is none of its own; that of a label is.
  [' https://a.example.com/{{ .X }}\n', ' a ', '/%20a%20'], ['HTTPS://a.example.com/{{ .X }}', 'a', '/a'],
])('the URL %j, of which an action prints %j, asks for %j', (template, printed, target) => {
  expect(resolveUrl(template, [printed])).toMatchObject({ url: { host: 'a.example.com', protocol: 'https:' }, target });
});

test('a URL without actions is asked for as it was written, .. included', () => {
  expect(resolveUrl('https://u:p@a.example.com:8443/a/../b|c?x="y"', undefined)).toMatchObject({ url: { host: 'a.example.com:8443', username: 'u', password: 'p' }, target: '/a/../b%7Cc?x="y"' });
});

test.each([
  ['https://a.example.com\\@b.example.com/', 'not valid'], ['nonsense', 'not valid'], ['https://', 'not valid'], ['ftp://a.example.com/', 'begin with https://'],
])('%s is no URL of a webhook: %s', (template, problem) => {
  expect(resolveUrl(template, undefined)).toEqual({ problem: expect.stringContaining(problem) });
});

test.each([
  ['https://{{ .X }}.example.com/', 'a'], ['https://a.example.com{{ .X }}', '@b.example.com/'], ['https://a.example.com{{ .X }}/', ':8443'], ['https://a.example.com\\{{ .X }}', 'a'],
])('%s has an action in its host, whatever that prints', (template, printed) => {
  expect(resolveUrl(template, [printed])).toEqual({ problem: expect.stringContaining('stands in its host') });
});

test.each([
  ['https://{{ .X }}.example.com/', 'host'], ['https://example.com{{ .X }}', 'host'], ['{{ .X }}', 'host'], ['https://user:{{ .X }}@example.com/', 'host'],
  ['https://example.com/{{ if .X }}a{{ end }}', 'control-flow'], ['https://example.com/{{ range .Alerts }}{{ end }}', 'control-flow'], ['https://example.com/{{', 'syntax'],
])('%s cannot be split: %s', (url, problem) => {
  expect(splitUrlTemplate(url)).toEqual({ problem });
});

test.each([
  ['127.0.0.1', 'local'], ['127.255.0.9', 'local'], ['169.254.169.254', 'local'], ['0.0.0.0', 'local'], ['255.255.255.255', 'local'], ['::1', 'local'], ['::', 'local'],
  ['fe80::1%eth0', 'local'], ['ff02::1', 'local'], ['::ffff:127.0.0.1', 'local'], ['[::ffff:7f00:1]', 'local'], ['64:ff9b::a9fe:a9fe', 'local'],
  ['10.0.0.0', 'private'], ['172.31.255.255', 'private'], ['192.168.0.1', 'private'], ['100.64.1.1', 'private'], ['fd12:3456::1', 'private'], ['::ffff:10.1.1.1', 'private'],
  ['11.0.0.0', undefined], ['172.32.0.0', undefined], ['100.128.0.0', undefined], ['8.8.8.8', undefined], ['2001:db8::1', undefined], ['example.com', undefined],
])('the address %s needs the permission %s', (address, permission) => {
  expect(permissionForAddress(address)).toBe(permission);
});
