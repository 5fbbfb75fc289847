import type { lookup as systemLookup } from 'node:dns';
import { guardedLookup, RefusedAddressError } from '../../../../lambda/notify/guarded-lookup';
import { proxiedPost } from '../../../../lambda/notify/http/proxied-post';
import type { PostRequest } from '../../../../lambda/shared/net/post-request';
import { AddressPermission } from '../../../../src/contract/queued-notification';

const ADDRESSES: Readonly<Record<string, readonly string[] | undefined>> = {
  'hooks.example.com': ['93.184.216.34'],
  'internal.example.com': ['10.1.2.3'],
  'both.example.com': ['93.184.216.34', '10.1.2.3'],
  'metadata.example.com': ['169.254.169.254'],
  '2001:db8::1': ['2001:db8::1'],
};

const lookup = ((name: string, _options: object, callback: (error: Error | null, addresses: object[]) => void) => {
  const addresses = ADDRESSES[name];
  // What never answers keeps no test alive.
  if (name === 'hangs.example.com') return;
  callback(addresses === undefined ? new Error(`getaddrinfo ENOTFOUND ${name}`) : null, (addresses ?? []).map((address) => ({ address, family: 4 })));
}) as unknown as typeof systemLookup;

async function send(url: string, permissions: readonly AddressPermission[] = [], rest: Partial<PostRequest> = {}): Promise<PostRequest[]> {
  const sent: PostRequest[] = [];
  const post = proxiedPost(async (request) => {
    sent.push(request);
    return { status: 200, headers: {}, body: '', isComplete: true };
  });
  await post({
    url: new URL(url), headers: {}, body: '{}', timeoutMs: 50, maxBodyCharacters: 10, lookup: guardedLookup(permissions, lookup), ...rest,
  });
  return sent;
}

test.each(['https://hooks.example.com/x', 'https://[2001:db8::1]/x'])('%s is public, and asked of the proxy', async (url) => {
  const [{ isDirect, timeoutMs }] = await send(url);
  expect(isDirect).toBe(false);
  expect(timeoutMs).toBeLessThanOrEqual(50);
});

test.each(['https://internal.example.com/x', 'https://both.example.com/x'])('%s is in the VPC, and not asked of the proxy', async (url) => {
  expect(await send(url, [AddressPermission.PRIVATE])).toMatchObject([{ isDirect: true }]);
});

test.each(['https://internal.example.com/x', 'https://both.example.com/x', 'https://metadata.example.com/x'])(
  '%s is refused without a permission, and never reaches the proxy', async (url) => {
    await expect(send(url)).rejects.toThrow(RefusedAddressError);
  });

test('a name that has no address, or that nobody resolves in time, is not asked of the proxy', async () => {
  await expect(send('https://unknown.example.com/')).rejects.toThrow('ENOTFOUND');
  await expect(send('https://hangs.example.com/')).rejects.toThrow('the name was not resolved within 50 ms');
});

test('requests over http, and requests to AWS, are sent as they are', async () => {
  expect(await send('http://unknown.example.com/')).toMatchObject([{ timeoutMs: 50 }]);
  expect(await send('https://unknown.example.com/', [], { lookup: undefined })).toMatchObject([{ timeoutMs: 50 }]);
});
