import { spawnSync } from 'child_process';
import * as fc from 'fast-check';
import { createRequestTarget } from '../../../lambda/notify/webhook/request-target';
import { GoProgram, MAX_BUILD_MS } from '../../support/go-program';

const HOST = 'https://hooks.example.com';

test.each([
  ['', '/'], ['/', '/'], ['?', '/?'], ['?x', '/?x'], ['/a?', '/a?'], ['/a??', '/a??'], ['/a#b?c', '/a'], ['#', '/'],
  ['/Disk Full', '/Disk%20Full'], ['/ü', '/%C3%BC'], ['/q"x|y^`<>', '/q%22x%7Cy%5E%60%3C%3E'], ['/a\\b', '/a%5Cb'],
  // Nothing is resolved, and nothing written anew that Go sends as it is.
  ['/a/../b/./c', '/a/../b/./c'], ['/%2e%2E', '/%2e%2E'], ['/a%2fb(1)!', '/a%2fb(1)!'],
  // Go writes the whole path anew if something in it needs an escape.
  ['/a%2fb(1)! ', '/a/b%281%29%21%20'], ['/%25 ', '/%25%20'], ['/%ff ', '/%FF%20'],
  // The query is sent as it was written, except for what cannot stand in a request line.
  ['/?a="b"|c^d&e=%zz', '/?a="b"|c^d&e=%zz'], ['/?a=b c', '/?a=b%20c'], ['/?a=ü', '/?a=%C3%BC'],
  // Go sends no such requests.
  ['/50%', '/50%25'], ['/50%/ü', '/50%25/%C3%BC'], ['/a\nb\u007f', '/a%0Ab%7F'], ['/?a\r\nX: y', '/?a%0D%0AX:%20y'],
])('what is asked for of %j is %j', (text, target) => {
  expect(createRequestTarget(text).text).toBe(target);
});

test.each([
  ['/..', true], ['/a/../b', true], ['/a/..?x', true], ['/a/..#x', true], ['/a\\..\\b', true], ['/%2e%2E/b', true], ['/a/.%2e', true], ['/%252e%252e', true],
  ['/..%2fb', true], ['/..;x/b', true], ['/a ..%2f..', true], ['/.%09./b', true], ['/.. /b', true],
  ['/a..b', false], ['/...', false], ['/a../b', false], ['/..a', false], ['/./', false], ['/.', false], ['/x?a=/../', false], ['/x#/../', false], ['/%2e', false],
])('a server that resolves .. reads another path of %j: %j', (text, hasParentSegment) => {
  expect(createRequestTarget(text).hasParentSegment).toBe(hasParentSegment);
});

test('whatever the text is, the target can stand in a request line', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
    expect(createRequestTarget(`/${text}`).text).toMatch(/^\/[!-~]*$/);
  }));
});

if (GoProgram.URLS.obstacle() === undefined) {
  describe('Go', () => {
    beforeAll(() => GoProgram.URLS.build(), MAX_BUILD_MS);

    test('asks for the same, wherever it sends what can stand in a request line', () => {
      const piece = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 3 }),
        fc.constantFrom('%', '%2', '%2F', '%2f', '%41', '%ff', '%00', '%25', '..', '.', '/', '//', '\\', '?', '#', ' ', '+', '&', '"', '|', '^', '`', '!', '\'', '(', ')', '*', '[', ']', '{', '}', ';', ':', '@', '~', 'ü', '🚒', '\n', '\u007f'),
      );
      const texts = fc.sample(fc.array(piece, { maxLength: 8 }).map((pieces) => `/${pieces.join('')}`), 5000);
      const compared = askGo(texts.map((text) => HOST + text)).map(({ target, error }, index) => {
        const text = texts[index];
        const [withoutFragment] = text.split('#', 1);
        // What Go refuses has a reason in the text; what it sends differs in the query only.
        const isRefused = error !== undefined;
        const hasReason = /%(?![0-9a-f]{2})/i.test(text) || /[\0-\x1f\x7f]/.test(withoutFragment);
        if (isRefused) return { text, target: hasReason ? 'refused' : error, ours: 'refused' };
        const isSendable = /^[!-~]*$/.test(target ?? '');
        return { text, target: isSendable ? target : target?.split('?', 1)[0], ours: isSendable ? createRequestTarget(text).text : createRequestTarget(text).text.split('?', 1)[0] };
      });
      expect(compared.filter(({ target, ours }) => target !== ours)).toEqual([]);
      expect(compared.filter(({ ours }) => ours !== 'refused').length).toBeGreaterThan(500);
    }, 120_000);
  });
}

interface Answer {
  readonly target?: string;
  readonly error?: string;
}

function askGo(urls: readonly string[]): Answer[] {
  const input = urls.map((url) => `${JSON.stringify(url)}\n`).join('');
  const { status, stdout, stderr } = spawnSync(GoProgram.URLS.build(), { input, encoding: 'utf8', maxBuffer: 2 ** 26 });
  expect([status, stderr]).toEqual([0, '']);
  return stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as Answer);
}
