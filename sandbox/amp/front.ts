import { randomUUID } from 'crypto';
import type { ServerResponse } from 'http';
import { amend } from './amend';
import { parsePublishRequest } from './publish-request';
import type { Messaging, Publication } from '../aws/messaging';
import { readBody, serve, type LoopbackServer } from '../net/loopback';

/** A message that AMP has published, with the id that SNS gave it. */
export interface PublishedMessage extends Publication {
  readonly messageId: string;
}

/**
 * The part of AMP that stands between Alertmanager and SNS: Alertmanager publishes here, what SNS would refuse is amended as
 * AMP documents it, and the rest is SNS's.
 */
export class AmpFront {
  public static async start(messaging: Messaging): Promise<AmpFront> {
    const front = new AmpFront(messaging);
    front.server = await serve(async (request, response) => {
      await front.publish(await readBody(request), response);
    });
    return front;
  }

  /** Everything that was published, oldest first. */
  public readonly published: PublishedMessage[] = [];
  private server?: LoopbackServer;

  private constructor(private readonly messaging: Messaging) {}

  public get url(): string {
    return this.server?.url ?? '';
  }

  public async close(): Promise<void> {
    await this.server?.close();
  }

  private async publish(body: Buffer, response: ServerResponse): Promise<void> {
    const publication = amend(parsePublishRequest(body));
    let messageId: string;
    try {
      messageId = await this.messaging.publish(publication);
    } catch (error) {
      // Alertmanager does not retry what SNS rejects, as on AWS. It retries everything else.
      const { name, message, $metadata } = error as Error & { readonly $metadata?: { readonly httpStatusCode?: number } };
      respond(response, $metadata?.httpStatusCode ?? 500, `<ErrorResponse xmlns="${XMLNS}"><Error><Type>Sender</Type><Code>${escape(name)}</Code><Message>${escape(message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`);
      return;
    }
    this.published.push({ ...publication, messageId });
    respond(response, 200, `<PublishResponse xmlns="${XMLNS}"><PublishResult><MessageId>${messageId}</MessageId></PublishResult><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></PublishResponse>`);
  }
}

const XMLNS = 'http://sns.amazonaws.com/doc/2010-03-31/';

function respond(response: ServerResponse, status: number, xml: string): void {
  response.writeHead(status, { 'content-type': 'text/xml' });
  response.end(xml);
}

function escape(text: string): string {
  return text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}
