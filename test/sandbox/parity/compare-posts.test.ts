import { isAsDocumented } from '../../../sandbox/parity/pair';
import { comparePosts } from '../../../sandbox/parity/slack/compare-posts';
import { pairPosts } from '../../../sandbox/parity/slack/pair-posts';
import type { SlackPost } from '../../../sandbox/receivers/slack-message';

const BODY = '{"channel":"#team","attachments":[{"title":"t"}]}\n';

const HEADERS = { 'content-type': 'application/json', 'x-team': 'hidd3n' };

function post(changes: Partial<SlackPost> = {}): SlackPost {
  return { at: 0, target: 'team/slack/0', method: 'POST', path: '/T0/s3cr3t?a=1', headers: HEADERS, body: BODY, status: 200, ...changes };
}

const fields = (native: SlackPost, relayed: SlackPost): Array<[string, string | undefined]> => (
  comparePosts(native, relayed).map(({ field, documented }) => [field, documented])
);

test('the same post has no differences, whatever the client calls itself', () => {
  const headers = { ...HEADERS, 'user-agent': 'Alertmanager/0.31', 'host': 'a', 'accept-encoding': 'gzip' };
  expect(fields(post({ headers }), post())).toEqual([]);
});

test.each<[string, Partial<SlackPost>, string]>([
  ['another value of a header', { headers: { ...HEADERS, 'x-team': 'other' } }, 'headers.x-team'],
  ['a missing header', { headers: { 'content-type': 'application/json' } }, 'headers.x-team'],
  ['one more header', { headers: { ...HEADERS, 'x-more': 'y' } }, 'headers.x-more'],
  ['the type of the content', { headers: { ...HEADERS, 'content-type': 'text/plain' } }, 'headers.content-type'],
  ['the rest of the path', { path: '/T1/s3cr3t?a=1' }, 'url'],
  ['the query', { path: '/T0/s3cr3t' }, 'url'],
  ['the method', { method: 'PUT' }, 'method'],
  ['a text', { body: BODY.replace('"t"', '"u"') }, 'body.attachments.0.title'],
])('%s is a difference that is not documented, and no secret is printed', (_, changes, field) => {
  expect(fields(post(), post(changes))).toContainEqual([field, undefined]);
  expect(JSON.stringify(comparePosts(post(), post(changes)))).not.toMatch(/s3cr3t|hidd3n/);
  const pairs = pairPosts({ step: 1, nativeErrors: [] }, [post()], [post(changes)]);
  expect(pairs.map((pair) => [pair.equal, isAsDocumented(pair)])).toEqual([[false, false]]);
  expect(JSON.stringify(pairs)).not.toMatch(/s3cr3t|hidd3n/);
});

test('equal messages to one place are told apart by their headers', () => {
  const other = { headers: { ...HEADERS, 'x-team': 'other' } };
  const verdicts = (...relayed: readonly SlackPost[]): boolean[] => (
    pairPosts({ step: 1, nativeErrors: [] }, [post(), post(other)], relayed).map(({ equal }) => equal));
  expect(verdicts(post(other), post())).toEqual([true, true]);
  expect(verdicts(post(), post()).filter((equal) => !equal)).toHaveLength(1);
  expect(verdicts(post()).filter((equal) => !equal)).toHaveLength(1);
});
