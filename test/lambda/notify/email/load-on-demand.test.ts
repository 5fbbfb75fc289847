import { emailSender } from '../../../../lambda/notify/email/email-sender';
import { guardedLookup } from '../../../../lambda/notify/guarded-lookup';
import { SecretValues } from '../../../../lambda/notify/secret-values';
import { systemClock } from '../../../../lambda/shared/clock';
import type { EmailRequest } from '../../../../src/contract/email';

const mockLoaded: string[] = [];

// The factories run when a module is loaded for the first time.
jest.mock('nodemailer/lib/smtp-connection', (): unknown => {
  mockLoaded.push('nodemailer');
  return jest.requireActual('nodemailer/lib/smtp-connection');
});
jest.mock('../../../../lambda/notify/email/ses/send-ses', (): unknown => {
  mockLoaded.push('send-ses');
  return { sendBySes: async () => ({ outcome: 'delivered' }) };
});

const send = emailSender({
  secrets: new SecretValues(async () => ({ content: { kind: 'keys', keys: new Map() } })),
  permissions: [],
  lookup: guardedLookup([]),
  clock: systemClock,
  ses: { environment: {}, region: 'us-east-1', clock: systemClock, post: async () => ({ status: 200, headers: {}, body: '', isComplete: true }) },
});

const notify = async (request: Partial<EmailRequest>): Promise<string> => (await send({
  version: 1, transport: 'email', entry: 'e', status: 'firing', receiver: 'r', notificationId: '1', publishedAt: '', request: { from: 'a@example.com', to: 'b@example.com', headers: [], ...request },
})).outcome;

test('what talks to servers is loaded with the first mail that needs it, and no cold start without mails pays for it', async () => {
  expect(mockLoaded).toEqual([]);
  expect(await notify({ to: 'no address' })).toBe('rejected');
  expect(mockLoaded).toEqual([]);
  expect(await notify({})).toBe('delivered');
  expect(mockLoaded).toEqual(['send-ses']);
  // The address is refused before a connection is opened, but the client is loaded.
  expect(await notify({ server: { host: '127.0.0.1', port: 1, hello: 'me', encryption: 'none' } })).toBe('rejected');
  expect(mockLoaded).toEqual(['send-ses', 'nodemailer']);
});
