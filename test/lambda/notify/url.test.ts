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
    expect('url' in resolved && split.actions.every((_, index) => resolved.url.href.includes(`p${index}`))).toBe(true);
  }));
});

test('whatever an action prints, the request goes to the host that the secret names', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('https://a.example.com/{{ .X }}', 'https://a.example.com?{{ .X }}', 'https://a.example.com/#{{ .X }}/b'), (printed, template) => {
    const resolved = resolveUrl(template, [printed]);
    expect('problem' in resolved || resolved.url.host === 'a.example.com').toBe(true);
  }));
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
