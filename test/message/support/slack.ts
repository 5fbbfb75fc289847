import { createServer, type IncomingMessage, type Server } from 'http';
import type { AddressInfo } from 'net';
import { asciiJson } from './configuration';
import { writeMatcher } from '../../../src/alertmanager/matchers/print';
import type { AlertmanagerFile } from '../../../src/alertmanager/model';

/** Where the entries of the tests post to. */
const HOST = 'https://hooks.example.com';

/** The file for Alertmanager's own Slack notifier, each entry with its path at the test's server. */
export function nativeSlackYaml(file: AlertmanagerFile, url: string): string {
  const native = ({ matchers, routes, ...rest }: AlertmanagerFile['route']): object =>
    ({ ...rest, matchers: matchers.map(writeMatcher), routes: routes.map(native) });
  return asciiJson({
    templates: file.templates,
    route: native(file.route),
    receivers: file.receivers.map(({ name, slack_configs: entries }) => ({
      name, slack_configs: entries.map((entry) => ({ ...entry, api_url: entry.api_url?.replace(HOST, url) })),
    })),
  });
}

/** Takes the posts of the real Alertmanager, by path, and answers as an incoming webhook of Slack. */
export class SlackPosts {
  public static async start(): Promise<SlackPosts> {
    const posts = new SlackPosts();
    await new Promise<void>((resolve) => posts.server.listen(0, '127.0.0.1', resolve));
    return posts;
  }

  public readonly bodies = new Map<string, string[]>();
  public readonly headers: Array<IncomingMessage['headers']> = [];
  private readonly server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      this.bodies.set(path, [...this.bodies.get(path) ?? [], Buffer.concat(chunks).toString('utf8')]);
      this.headers.push(request.headers);
      response.end('ok');
    });
  });

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public get count(): number {
    return [...this.bodies.values()].flat().length;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
