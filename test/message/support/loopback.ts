import { createServer, type Server } from 'http';
import type { AddressInfo } from 'net';

/** What the real Alertmanager published to SNS. */
export interface SnsPublish {
  readonly topicArn: string;
  readonly subject: string;
  readonly message: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/** Takes what Alertmanager sends out: SNS publishes on `/`, PagerDuty events and webhooks on every other path. */
export class Loopback {
  public static async start(): Promise<Loopback> {
    const loopback = new Loopback();
    await new Promise<void>((resolve) => loopback.server.listen(0, '127.0.0.1', resolve));
    return loopback;
  }

  public readonly publishes: SnsPublish[] = [];
  /** JSON bodies, by path. */
  public readonly posts = new Map<string, unknown[]>();
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        this.take(request.url ?? '/', Buffer.concat(chunks).toString('utf8'));
        response.statusCode = request.url === '/' ? 200 : 202;
        response.end(PUBLISH_RESPONSE);
      });
    });
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private take(path: string, body: string): void {
    if (path !== '/') {
      this.posts.set(path, [...this.posts.get(path) ?? [], JSON.parse(body)]);
      return;
    }
    const form = new URLSearchParams(body);
    const attributes = new Map<string, string>();
    for (let number = 1; form.has(`MessageAttributes.entry.${number}.Name`); number += 1) {
      const entry = `MessageAttributes.entry.${number}`;
      attributes.set(form.get(`${entry}.Name`) ?? '', form.get(`${entry}.Value.StringValue`) ?? '');
    }
    this.publishes.push({
      topicArn: form.get('TopicArn') ?? '',
      subject: form.get('Subject') ?? '',
      message: form.get('Message') ?? '',
      attributes,
    });
  }
}

const PUBLISH_RESPONSE = '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>';

/** Waits until the condition holds; fails with what is missing if it does not in time. */
export async function until(condition: () => boolean, missing: () => string, milliseconds = 60_000): Promise<void> {
  const deadline = Date.now() + milliseconds;
  while (!condition()) {
    if (Date.now() > deadline) {
      throw new Error(`not within ${milliseconds} ms: ${missing()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
