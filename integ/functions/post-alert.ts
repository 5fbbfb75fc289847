import { signedHeaders } from './sigv4';

/** What the test asks for: let the alert fire, or end it. */
export interface PostAlertRequest {
  readonly status: 'firing' | 'resolved';
}

/** Posts one alert to the alert manager of the workspace, as a rule would. Fails unless AMP takes it. */
export async function handler({ status }: PostAlertRequest): Promise<{ status: number }> {
  const url = new URL(`${requireEnv('WORKSPACE_URL').replace(/api\/v1\/$/, '')}alertmanager/api/v2/alerts`);
  const now = new Date();
  const body = JSON.stringify([{
    labels: { alertname: 'IntegrationTest', severity: 'critical', instance: 'host "one"' },
    annotations: { summary: 'integration test, with "quotes"' },
    endsAt: new Date(now.getTime() + (status === 'firing' ? 3_600_000 : 0)).toISOString(),
  }]);
  const credentials = {
    accessKeyId: requireEnv('AWS_ACCESS_KEY_ID'),
    secretAccessKey: requireEnv('AWS_SECRET_ACCESS_KEY'),
    sessionToken: requireEnv('AWS_SESSION_TOKEN'),
  };
  const headers = signedHeaders({ url, body, region: requireEnv('AWS_REGION'), service: 'aps' }, credentials, now);
  const answer = await fetch(url, { method: 'POST', headers, body });
  if (!answer.ok) {
    throw new Error(`AMP answered ${answer.status}: ${await answer.text()}`);
  }
  return { status: answer.status };
}

function requireEnv(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`the environment variable ${name} is missing`);
  }
  return value;
}
