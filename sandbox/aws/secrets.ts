import { readBody, sendJson, serve, type LoopbackServer } from '../net/loopback';

/** Secrets Manager on this machine, as far as a function reads it: `GetSecretValue`. */
export class Secrets {
  public static async start(): Promise<Secrets> {
    const secrets = new Secrets();
    secrets.server = await serve(async (request, response) => {
      const { SecretId: id, VersionStage: stage } = JSON.parse((await readBody(request)).toString('utf8')) as { SecretId?: string; VersionStage?: string };
      const value = (stage === 'AWSPREVIOUS' ? secrets.previousValues : secrets.values).get(id ?? '');
      if (request.headers['x-amz-target'] !== 'secretsmanager.GetSecretValue') {
        sendJson(response, 400, { __type: 'InvalidAction', message: 'the sandbox knows GetSecretValue only' });
      } else if (value === undefined) {
        sendJson(response, 400, { __type: 'ResourceNotFoundException', message: "Secrets Manager can't find the specified secret value for staging label" });
      } else {
        sendJson(response, 200, { ARN: id, Name: id, SecretString: value, VersionId: '00000000-0000-0000-0000-000000000000', VersionStages: [stage ?? 'AWSCURRENT'] });
      }
    });
    return secrets;
  }

  private readonly values = new Map<string, string>();
  private readonly previousValues = new Map<string, string>();
  private server?: LoopbackServer;

  private constructor() {}

  public get url(): string {
    return this.server?.url ?? '';
  }

  /** Sets the value of a secret; without one it exists but is empty, as after a deployment. */
  public put(id: string, value: string | undefined): void {
    const current = this.values.get(id);
    if (value === undefined) {
      this.values.delete(id);
      this.previousValues.delete(id);
      return;
    }
    if (current !== undefined && current !== value) {
      this.previousValues.set(id, current);
    }
    this.values.set(id, value);
  }

  public async close(): Promise<void> {
    await this.server?.close();
  }
}
