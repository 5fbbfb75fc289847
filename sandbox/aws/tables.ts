import type { Server } from 'http';
import { createRequire } from 'module';
import type { AddressInfo } from 'net';
import { CREDENTIAL_VARIABLES } from './credentials';
import { createAwsClient, type AwsClient } from '../../lambda/shared/aws/aws-client';
import { DYNAMODB } from '../../lambda/shared/aws/services';
import type { DeployedTable } from '../assembly/alerting';
import { LOOPBACK } from '../net/loopback';

type Dynalite = (options: { readonly createTableMs: number }) => Server;

/** DynamoDB on this machine: dynalite, in memory. */
export class Tables {
  public static async start(tables: readonly DeployedTable[], region: string): Promise<Tables> {
    // dynalite has no types, and takes a while to load: only when the sandbox starts.
    const dynalite = createRequire(__filename)('dynalite') as Dynalite;
    const server = dynalite({ createTableMs: 0 });
    await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve));
    const started = new Tables(server, tables, region);
    const client = started.client();
    for (const { name, keySchema, attributeDefinitions } of tables) {
      await client.call('CreateTable', {
        TableName: name, KeySchema: keySchema, AttributeDefinitions: attributeDefinitions, BillingMode: 'PAY_PER_REQUEST',
      });
    }
    return started;
  }

  private constructor(private readonly server: Server, private readonly tables: readonly DeployedTable[], private readonly region: string) {}

  public get url(): string {
    return `http://${LOOPBACK}:${(this.server.address() as AddressInfo).port}`;
  }

  /** The items of all tables, as DynamoDB writes them. */
  public async items(): Promise<unknown[]> {
    const pages = await Promise.all(this.tables.map(async ({ name }) => this.client().call('Scan', { TableName: name })));
    return pages.flatMap(({ Items: items }) => items as unknown[]);
  }

  private client(): AwsClient {
    return createAwsClient(DYNAMODB, {
      environment: { ...CREDENTIAL_VARIABLES, AWS_REGION: this.region, AWS_ENDPOINT_URL_DYNAMODB: this.url }, maxAttempts: 3, attemptTimeoutMs: 5000,
    });
  }

  public async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
