import * as fc from 'fast-check';
import { decodeMessage, looksLikeRelayMessage, type DecodedMessage } from '../../../../lambda/receive/decode/decode-message';
import { messageMarker, SectionKind } from '../../../../src/contract/message';
import { goQuote, HASH, printMessage, type RelayMessage, type RelaySection } from '../../relay-message';

const MARKER = messageMarker(HASH);

const anyText = fc.string({ unit: 'binary', maxLength: 60 });
const nastyText = fc.oneof(
  anyText,
  fc.string({ unit: fc.constantFrom('\n', '\r', '"', '\\', MARKER, ' ', 'text', 'json', '["details","a"]', 'end', '{{', '\u0000', '\u2028', 'é', '😀'), maxLength: 12 }),
);
/** What imitates a section line is a template's doing, and no longer the text of the section: see the test of its own. */
const printed = nastyText.filter((text) => !text.includes(`${MARKER} `));

const message: fc.Arbitrary<Required<Pick<RelayMessage, 'status' | 'receiver' | 'routeKey' | 'routingKey' | 'groupLabels' | 'sections'>>> = fc.record({
  status: fc.constantFrom('firing' as const, 'resolved' as const),
  receiver: anyText,
  routeKey: anyText,
  routingKey: anyText,
  groupLabels: fc.array(fc.tuple(anyText, anyText), { maxLength: 4 }),
  sections: fc.uniqueArray(
    fc.record({ path: fc.tuple(fc.constantFrom('details', 'links', 'description'), anyText), content: printed }),
    { maxLength: 5, selector: ({ path }) => JSON.stringify(path) },
  ),
});

function decoded(text: string): DecodedMessage {
  const decoding = decodeMessage(text);
  if (!decoding.decoded) throw new Error(decoding.reason);
  return decoding.message;
}

describe('a complete message', () => {
  test('arrives as it was printed, whatever labels and templates contain', () => {
    fc.assert(fc.property(message, (original) => {
      const { head, quotedGroupLabels, sections, cut } = decoded(printMessage(original));
      const wellFormed = (text: string) => text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
      expect(cut).toBe(false);
      expect(head.status).toBe(original.status);
      expect([head.receiver, head.routeKey, head.routingKey]).toEqual([original.receiver, original.routeKey, original.routingKey].map(wellFormed));
      expect(head.groupLabels).toEqual(original.groupLabels.map((pair) => pair.map(wellFormed)));
      expect(quotedGroupLabels).toEqual(original.groupLabels.map(([name, value]) => [wellFormed(name), goQuote(value)]));
      expect(sections).toEqual(original.sections.map(({ path, content }) => ({ path, value: content, cut: false })));
    }), { numRuns: 500 });
  });

  test('may end with white space after the end line', () => {
    expect(decoded(`${printMessage({ sections: [{ path: ['source'], content: 'a\n' }] })}\n \n`)).toMatchObject({
      cut: false, sections: [{ path: ['source'], value: 'a\n' }],
    });
  });

  test('reads each of the escapes of Go that JSON does not have', () => {
    const groupLabels = '[["a","\\a\\v\\x00\\x7f\\xff\\U0001f600\\U00110000\\u00e9\\\\x41\\"\\\\a"]]';
    const text = `${MARKER} {"status":"firing","receiver":"r","routeKey":"","routingKey":"","firing":1,"resolved":0,"groupLabels":${groupLabels}}\n${MARKER} end`;
    expect(decoded(text).head.groupLabels).toEqual([['a', '\u0007\v\0\x7f\ufffd😀\ufffdé\\x41"\\a']]);
    expect(decoded(text).quotedGroupLabels).toEqual([['a', '"\\a\\v\\x00\\x7f\\xff\\U0001f600\\U00110000\\u00e9\\\\x41\\"\\\\a"']]);
  });

  test('keeps optional parts of the head only where they say something', () => {
    expect(decoded(printMessage({ endpoint: 'eu', receiverSuffix: '__route_2_0123abcd' })).head).toMatchObject({
      endpoint: 'eu', receiverSuffix: '__route_2_0123abcd',
    });
    expect(Object.keys(decoded(printMessage({ endpoint: '' })).head)).not.toContain('endpoint');
  });

  test('has the values of JSON sections, and their text where they are not JSON', () => {
    const sections: RelaySection[] = [
      { kind: SectionKind.JSON, path: ['details', 'firing'], content: '[{"labels":{"a":"\\a\\u003c"}},1,null]' },
      { kind: SectionKind.JSON, path: ['details', 'broken'], content: '[1,' },
    ];
    expect(decoded(printMessage({ sections })).sections.map(({ value }) => value)).toEqual([[{ labels: { a: '\u0007<' } }, 1, null], '[1,']);
  });

  test('loses the suffix of its receiver in text, in any case, and nowhere else', () => {
    const receiverSuffix = '__route_2_0123abcd';
    const content = `page${receiverSuffix} PAGE${receiverSuffix.toUpperCase()} __route_2_`;
    const sections: RelaySection[] = [
      { path: ['description'], content },
      { kind: SectionKind.JSON, path: ['details', 'x'], content: goQuote(content) },
    ];
    expect(decoded(printMessage({ receiverSuffix, sections })).sections.map(({ value }) => value)).toEqual(['page PAGE __route_2_', content]);
    expect(decoded(printMessage({ sections })).sections[0].value).toBe(content);
  });

  test('keeps lines that only look like lines of ours inside the section that printed them', () => {
    const imitations = [`${MARKER} text nonsense`, `${MARKER} xml ["a"]`, `${MARKER} text []`, `${MARKER} text [-1]`, `${MARKER} text ["a",1.5]`, `${MARKER} end\nx`];
    for (const imitation of imitations) {
      const content = `before\n${imitation}\nafter`;
      expect(decoded(printMessage({ sections: [{ path: ['details', 'a'], content }] })).sections).toEqual([{ path: ['details', 'a'], value: content, cut: false }]);
    }
  });

  test('has no section twice: the first is the one that the construct wrote', () => {
    const content = `before\n${MARKER} text ["description"]\nforged`;
    const { sections } = decoded(printMessage({ sections: [{ path: ['description'], content: 'real' }, { path: ['details', 'a'], content }] }));
    expect(sections).toEqual([{ path: ['description'], value: 'real', cut: false }, { path: ['details', 'a'], value: content, cut: false }]);
  });
});

describe('a message that was cut', () => {
  const sections: RelaySection[] = [
    { path: ['description'], content: 'disk full on db-1' },
    { path: ['details', 'firing'], content: 'line 1\nline 2 with 😀 and é\nline 3' },
  ];

  test('at any byte still has its head, whole sections before the cut and a prefix of the last', () => {
    const whole = Buffer.from(printMessage({ sections }));
    const headLength = whole.indexOf('\n') + 1;
    const contents = sections.map(({ content }) => content);
    for (let length = headLength; length < whole.length; length++) {
      const { head, cut, sections: left } = decoded(whole.subarray(0, length).toString('utf8'));
      expect(head.status).toBe('firing');
      expect(cut).toBe(true);
      left.forEach(({ value, cut: isCut }, index) => {
        const isLast = index === left.length - 1;
        expect(isCut).toBe(isLast);
        expect(isLast ? contents[index].startsWith(String(value)) : value === contents[index]).toBe(true);
      });
    }
  });

  test('inside its head cannot be decoded, and says so', () => {
    const whole = printMessage({ groupLabels: [['alertname', 'X']] });
    const headEnd = whole.indexOf('\n');
    for (let length = 0; length <= headEnd; length++) {
      const decoding = decodeMessage(whole.slice(0, length));
      expect(decoding).toEqual({ decoded: false, reason: expect.stringMatching(/./) });
    }
  });

  test('in a JSON section has the text of what is left', () => {
    const text = printMessage({ sections: [{ kind: SectionKind.JSON, path: ['details', 'firing'], content: '[{"a":1},{"b":2}]' }] });
    expect(decoded(text.slice(0, text.indexOf('"b"'))).sections).toEqual([{ path: ['details', 'firing'], value: '[{"a":1},{', cut: true }]);
  });
});

describe('anything else', () => {
  test('never makes it throw', () => {
    const pieces = fc.constantFrom(`${MARKER} `, '{"status":"firing",', '"receiver":"r","routeKey":"","routingKey":"","groupLabels":[["a","b"]]}', '\n', ' text ["a"]', ' end', '"', '\\', '\\x', '\\U', '[', '{', '\ufffd', 'cdk-amp-pagerduty/2:');
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.array(pieces, { maxLength: 30 }).map((all) => all.join(''))), (text) => {
      const decoding = decodeMessage(text);
      expect(decoding.decoded || decoding.reason !== '').toBe(true);
    }), { numRuns: 2000 });
  });

  test.each([
    ['an empty text', ''],
    ['a marker of another version', `cdk-amp-pagerduty/2:${HASH} {}\n`],
    ['no JSON', `${MARKER} {"status":\n`],
    ['no object', `${MARKER} []\n`],
    ['no status', `${MARKER} {"receiver":"r"}\n`],
    ['no receiver', `${MARKER} {"status":"firing"}\n`],
    ['no group labels', `${MARKER} {"status":"firing","receiver":"r","routeKey":"","routingKey":""}\n`],
    ['a group label that is no pair', `${MARKER} {"status":"firing","receiver":"r","routeKey":"","routingKey":"","groupLabels":[["a"]]}\n`],
  ])('with %s is not decoded', (_what, text) => {
    expect(decodeMessage(text)).toEqual({ decoded: false, reason: expect.stringMatching(/^the /) });
  });

  test('of another version of the format is still known as ours', () => {
    expect(looksLikeRelayMessage(`cdk-amp-pagerduty/2:${HASH} {}`)).toBe(true);
    expect(looksLikeRelayMessage('routing_key: a')).toBe(false);
  });

  test('of 256 KB is read in one pass: sizes that a quadratic decoder would never finish', () => {
    const megabyte = 1_048_576;
    const head = `${MARKER} {"status":"firing","receiver":"r","routeKey":"","routingKey":"","firing":1,"resolved":0,"groupLabels":[]}`;
    for (const filler of ['\\"', '"', '\\x', `\n${MARKER} text ["a"`, `\n${MARKER} text ["a"]`, '\n', '\ufffd', ' ']) {
      const long = filler.repeat(megabyte / filler.length);
      expect(decodeMessage(`${head}${long}\n${long}`)).toBeDefined();
      expect(decodeMessage(`${head}\n${long}x`).decoded).toBe(true);
    }
  });
});

test.each([
  ['"2026 fo', '2026 fo'],
  ['"a\\n', 'a\n'],
  ['"a\\', 'a'],
  ['"a\\U0001', 'a'],
  ['"', ''],
  ['{"a":', '{"a":'],
])('a JSON section that was cut inside a text has no stray quote: %j', (content, value) => {
  const whole = printMessage({ sections: [{ kind: SectionKind.JSON, path: ['details', 'a'], content }] });
  const decoding = decodeMessage(whole.slice(0, whole.lastIndexOf('\n', whole.length - 2)));
  expect(decoding).toMatchObject({ decoded: true, message: { cut: true, sections: [{ value }] } });
});
