import { randomUUID } from 'crypto';
import type { ServerResponse } from 'http';
import { amend } from './amend';
import { DEFAULT_TOPIC_MESSAGE_BYTES, messageSize } from './message-size';
import { parsePublishRequest } from './publish-request';
import type { DeployedTopic } from '../assembly/alerting';
import type { Messaging, Publication } from '../aws/messaging';
import { readBody, serve, type LoopbackServer } from '../net/loopback';

/** A message that AMP has published, with the id that SNS gave it. */
export interface PublishedMessage extends Publication {
  readonly messageId: string;
}

/**
 * The part of AMP that stands between Alertmanager and SNS: Alertmanager publishes here, what SNS would refuse is amended as
 * AMP documents it, and the rest is SNS's. A message that is too long for its topic is refused as SNS does: by body and attributes.
 */
export class AmpFront {
  public static async start(messaging: Pick<Messaging, 'publish'>, topics: ReadonlyArray<Pick<DeployedTopic, 'arn' | 'maximumMessageSize'>>): Promise<AmpFront> {
    const front = new AmpFront(messaging, new Map(topics.map(({ arn, maximumMessageSize }) => [arn, maximumMessageSize])));
    front.server = await serve(async (request, response) => {
      await front.publish(await readBody(request), response);
    });
    return front;
  }

  /** Everything that was published, oldest first. */
  public readonly published: PublishedMessage[] = [];
  /** What SNS refused as too long, oldest first. Alertmanager does not send it again. */
  public readonly refused: Publication[] = [];
  private server?: LoopbackServer;

  /** @param limits - `MaximumMessageSize` of each topic, by its ARN. The emulator of SNS knows the body's limit only. */
  private constructor(private readonly messaging: Pick<Messaging, 'publish'>, private readonly limits: ReadonlyMap<string, number>) {}

  public get url(): string {
    return this.server?.url ?? '';
  }

  public async close(): Promise<void> {
    await this.server?.close();
  }

  private async publish(body: Buffer, response: ServerResponse): Promise<void> {
    const publication = amend(parsePublishRequest(body));
    const limit = this.limits.get(publication.topicArn) ?? DEFAULT_TOPIC_MESSAGE_BYTES;
    if (messageSize(publication) > limit) {
      this.refused.push(publication);
      respondWithError(response, 400, 'InvalidParameter', `Invalid parameter: Message too long: ${messageSize(publication)} bytes with its attributes, the topic accepts ${limit}`);
      return;
    }
    let messageId: string;
    try {
      messageId = await this.messaging.publish(publication);
    } catch (error) {
      // Alertmanager does not retry what SNS rejects, as on AWS. It retries everything else.
      const { name, message, $metadata } = error as Error & { readonly $metadata?: { readonly httpStatusCode?: number } };
      respondWithError(response, $metadata?.httpStatusCode ?? 500, name, message);
      return;
    }
    this.published.push({ ...publication, messageId });
    respond(response, 200, `<PublishResponse xmlns="${XMLNS}"><PublishResult><MessageId>${messageId}</MessageId></PublishResult><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></PublishResponse>`);
  }
}

const XMLNS = 'http://sns.amazonaws.com/doc/2010-03-31/';

function respondWithError(response: ServerResponse, status: number, code: string, message: string): void {
  respond(response, status, `<ErrorResponse xmlns="${XMLNS}"><Error><Type>Sender</Type><Code>${escape(code)}</Code><Message>${escape(message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`);
}

function respond(response: ServerResponse, status: number, xml: string): void {
  response.writeHead(status, { 'content-type': 'text/xml' });
  response.end(xml);
}

function escape(text: string): string {
  return text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}
