import * as fc from 'fast-check';
import { parseEmailAddresses } from '../../src/contract/email-addresses';

/** What Go's `mail.ParseAddressList` makes of each. */
test.each<[string, string[] | undefined]>([
  ['a@x', ['a@x']], ['a@x,b@x', ['a@x', 'b@x']], ['a@x, b@x ', ['a@x', 'b@x']], ['<a@x>', ['a@x']],
  ['Team <a@x.com>', ['a@x.com']], ['"A, B" <a@x>', ['a@x']], ['J. Doe <a@x>', ['a@x']], ['Foo. <a@x>', ['a@x']], ['Müller <a@x>', ['a@x']],
  ['Foo Bar <a@x> , b@y', ['a@x', 'b@y']], ['a@x (c (d) \\) e), b@x', ['a@x', 'b@x']], ['Foo (c) <a@x> (d)', ['a@x']],
  ['g: a@x, b@x;', ['a@x', 'b@x']], ['g: a@x;, c@x', ['a@x', 'c@x']], ['g: Foo <a@x> (c), b@x;', ['a@x', 'b@x']],
  ['a@x,', ['a@x']], ['a@x, ,b@x', ['a@x', 'b@x']], [',a@x', ['a@x']], ['a@x, ', ['a@x']], [' , , a@x', ['a@x']],
  ['ä@x', ['ä@x']], ['a+b.c@x-y.example', ['a+b.c@x-y.example']], ['x@[127.0.0.1]', ['x@[127.0.0.1]']], ['x@[::1]', ['x@[::1]']], ['"a.b"@x', ['a.b@x']], ['a@ x', ['a@x']],
  ['a@x b@x', undefined], ['a, b@x', undefined], ['a@x; b@x', undefined], ['a@x <b@x>', undefined], ['nobody', undefined], ['a @x', undefined],
  ['Ops a@x', undefined], ['', undefined], [',', undefined], ['a@@x', undefined], ['a@x>', undefined], ['a.@x', undefined], ['.a@x', undefined], ['a..b@x', undefined],
  ['a@x.', undefined], ['a@', undefined], ['@x', undefined], ['Foo, Bar <a@x>', undefined], ['Alert:Manager <a@x>', undefined], ['[Prod] Alerts <a@x>', undefined],
  ['<a@x', undefined], ['<a@x >', undefined], ['a@x (c', undefined], ['"a <b@x>', undefined], ['x@[one]', undefined], ['x@[fe80::1%eth0]', undefined],
  ['g: a@x', undefined], ['g: h: a@x;;', undefined], ['""@x', undefined], ['a\u0001@x', undefined],
])('%j has the addresses %j', (text, addresses) => {
  expect(parseEmailAddresses(text)).toEqual(addresses);
});

test.each<[string, string[] | undefined]>([
  // Go accepts these two; no command of SMTP can carry the first, and a group without members has no address.
  ['"q q"@x', undefined], ['g: ;', undefined],
  // Go refuses these: YAML writes a list over several lines like that.
  ['a@x\n', ['a@x']], ['a@x,\n  b@x\r\n', ['a@x', 'b@x']],
  ['a@x\nb@x', undefined],
])('unlike Go, %j has the addresses %j', (text, addresses) => {
  expect(parseEmailAddresses(text)).toEqual(addresses);
});

test('any text has a result, and no address in it can add a command', () => {
  const text = fc.array(fc.constantFrom('a', 'b@x', '@', '<', '>', ',', ';', ':', '(', ')', '"', '\\', '[', ']', '.', ' ', '\n', '\r', '\0', 'é', '1.1.1.1')).map((parts) => parts.join(''));
  fc.assert(fc.property(text, (list) => {
    const addresses = parseEmailAddresses(list);
    expect(addresses === undefined || addresses.length > 0).toBe(true);
    for (const address of addresses ?? []) expect(address).toMatch(/^[^\s<>\0]+@[^\s<>\0]+$/);
  }), { numRuns: 2_000 });
});

test('a list of names and addresses has all of the addresses', () => {
  const entry = fc.tuple(fc.constantFrom('', 'Team ', '"A, B" ', 'J. Doe (c) '), fc.stringMatching(/^[a-z]{1,8}@[a-z]{1,8}\.example$/));
  fc.assert(fc.property(fc.array(entry, { minLength: 1 }), (entries) => {
    const list = entries.map(([name, address]) => (name === '' ? address : `${name}<${address}>`)).join(', ');
    expect(parseEmailAddresses(list)).toEqual(entries.map(([, address]) => address));
  }));
});
