import aws4 from 'aws4';
import { MAX_REQUEST_TIMEOUT_MS } from '../../../../src/contract/queued-notification';
import { parseAwsError, isTransient, type AwsError } from '../../../shared/aws/aws-error';
import { resolveEndpoint } from '../../../shared/aws/endpoint';
import type { Clock } from '../../../shared/clock';
import type { Environment } from '../../../shared/environment';
import { messageOf } from '../../../shared/guards';
import type { Post } from '../../../shared/net/post';
import type { Attempt } from '../../transport';
import type { ReadyMail } from '../ready-mail';

export interface SesCollaborators {
  /** Where credentials and endpoints come from. */
  readonly environment: Environment;
  readonly region: string;
  readonly configurationSet?: string;
  readonly post: Post;
  readonly clock: Clock;
}

const PATH = '/v2/email/outbound-emails';

/** Of a response body, no more is read. */
const MAX_BODY_CHARACTERS = 4096;

/** Of a message, this much is kept. */
const MAX_EXCERPT_CHARACTERS = 300;

/**
 * Sends the bytes of a mail with SendEmail of the API version 2. SES accepts a mail for all of its recipients, or refuses it.
 *
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
 */
export async function sendBySes({ from, to, data }: ReadyMail, collaborators: SesCollaborators): Promise<Attempt> {
  const { environment, region, configurationSet, post, clock } = collaborators;
  const endpoint = resolveEndpoint({ name: 'email', variable: 'SESV2' }, { ...environment, AWS_REGION: region });
  const body = JSON.stringify({
    FromEmailAddress: from,
    Destination: { ToAddresses: to },
    Content: { Raw: { Data: Buffer.from(data).toString('base64') } },
    ...(configurationSet !== undefined && { ConfigurationSetName: configurationSet }),
  });
  const { headers } = aws4.sign({
    service: 'ses',
    region,
    method: 'POST',
    path: PATH,
    host: endpoint.host,
    headers: { 'Content-Type': 'application/json', 'X-Amz-Date': new Date(clock.now()).toISOString().replace(/[:-]|\.\d{3}/g, '') },
    body,
  }, {
    accessKeyId: environment.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? '',
    sessionToken: environment.AWS_SESSION_TOKEN,
  });
  try {
    const response = await post({
      url: new URL(PATH, endpoint),
      headers: headers as Record<string, string>,
      body,
      timeoutMs: MAX_REQUEST_TIMEOUT_MS,
      maxBodyCharacters: MAX_BODY_CHARACTERS,
    });
    return response.status >= 200 && response.status < 300 ? { outcome: 'delivered' } : failureOf(parseAwsError(response));
  } catch (error) {
    return { outcome: 'failed', reason: `no response from Amazon SES: ${messageOf(error)}` };
  }
}

/** Errors that an operator can fix while the notification waits: permissions, and the state of the account. */
const ABOUT_THE_ACCOUNT = new Set(['AccessDeniedException', 'AccountSuspendedException', 'SendingPausedException', 'LimitExceededException', 'NotFoundException']);

/** What an error means: throttling and outages are retried, and so is what an operator can fix. The rest is about the mail itself. */
function failureOf(error: AwsError): Attempt {
  const reason = `Amazon SES answered ${error.message}`.replace(/\s+/g, ' ').slice(0, MAX_EXCERPT_CHARACTERS);
  if (error.status === 403 || ABOUT_THE_ACCOUNT.has(error.code)) return { outcome: 'failed', reason, isAboutCredentials: true };
  return { outcome: isTransient(error) ? 'failed' : 'rejected', reason };
}
