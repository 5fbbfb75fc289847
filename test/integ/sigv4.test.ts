import { createHash, createHmac, Hash, Hmac } from 'crypto';
import * as fc from 'fast-check';
import { Credentials, signedHeaders } from '../../integ/functions/sigv4';

/** The signer of the AWS SDK, as far as it is needed here; it is not a dependency of ours but of the SDK's clients. */
interface SdkSigner {
  sign(request: object, options: { signingDate: Date }): Promise<{ headers: Record<string, string> }>;
}
const { SignatureV4 } = jest.requireActual<{ SignatureV4: new (options: object) => SdkSigner }>('@smithy/signature-v4');

/** SHA-256 as the SDK wants it. */
class Sha256 {
  private readonly hash: Hash | Hmac;

  constructor(secret?: string | Uint8Array) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret);
  }

  public update(data: string | Uint8Array): void {
    this.hash.update(data);
  }

  public async digest(): Promise<Uint8Array> {
    return Promise.resolve(this.hash.digest());
  }
}

async function signedBySdk(url: URL, body: string, region: string, credentials: Credentials, now: Date): Promise<Record<string, string>> {
  const signer = new SignatureV4({ service: 'aps', region, credentials, sha256: Sha256, applyChecksum: false });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: {},
    body,
    headers: { 'content-type': 'application/json', 'host': url.host },
  }, { signingDate: now });
  return headers;
}

test('requests are signed as the AWS SDK signs them', async () => {
  const url = new URL('https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-12345678-1234-1234-1234-123456789012/alertmanager/api/v2/alerts');
  await fc.assert(fc.asyncProperty(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('eu-west-1', 'us-gov-west-1'),
    fc.record({
      accessKeyId: fc.stringMatching(/^[A-Z0-9]{20}$/),
      secretAccessKey: fc.stringMatching(/^[A-Za-z0-9/+]{40}$/),
      sessionToken: fc.option(fc.stringMatching(/^[A-Za-z0-9/+=]{10,100}$/), { nil: undefined }),
    }),
    fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
    async (body, region, credentials, now) => {
      expect(signedHeaders({ url, body, region, service: 'aps' }, credentials, now))
        .toEqual(await signedBySdk(url, body, region, credentials, now));
    },
  ), { numRuns: 100 });
});
