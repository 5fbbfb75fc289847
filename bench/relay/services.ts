import { readBody, sendJson, serve, type LoopbackServer } from '../../sandbox/net/loopback';

/** Everything that the functions call, answered at once: what is measured is the function. */
export interface Services {
  readonly server: LoopbackServer;
  /** What the receive function has queued last. */
  lastQueued(): string;
  /** How many events PagerDuty has accepted. */
  accepted(): number;
}

export async function startServices(routingKey: string): Promise<Services> {
  let lastQueued = '';
  let accepted = 0;
  const server = await serve(async (request, response) => {
    const body = (await readBody(request)).toString('utf8');
    switch (String(request.headers['x-amz-target'] ?? '').split('.')[1]) {
      case 'SendMessage':
        lastQueued = body;
        sendJson(response, 200, { MessageId: 'message' });
        break;
      case 'GetSecretValue':
        sendJson(response, 200, { SecretString: routingKey, CreatedDate: 1_700_000_000 });
        break;
      case undefined:
        accepted += 1;
        sendJson(response, 202, { status: 'success', message: 'Event processed', dedup_key: 'd' });
        break;
      default:
        sendJson(response, 200, { Responses: {}, UnprocessedKeys: {}, Successful: [], Failed: [] });
    }
  });
  return { server, lastQueued: () => lastQueued, accepted: () => accepted };
}
