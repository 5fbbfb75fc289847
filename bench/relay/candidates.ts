import * as path from 'path';
import type { Candidate } from './host';
import { CREDENTIAL_VARIABLES } from '../../sandbox/aws/credentials';
import { nodeForFunctions } from '../../sandbox/lambda/node-binary';
import { CommonEnvironment, DeliverEnvironment, ReceiveEnvironment } from '../../src/contract/environment';

const REPOSITORY = path.join(__dirname, '..', '..');

/** The Python of the distribution, whose packages `python3-yaml` and `python3-urllib3` the article's function needs. */
const PYTHON = '/usr/bin/python3';

/** What both functions of the relay get, and the article's, to run against the given services. */
export function candidates(url: string): Readonly<Record<'receive' | 'deliver' | 'article', Candidate>> {
  const queueUrl = `${url}/000000000000/events.fifo`;
  const bundle = (name: 'receive' | 'deliver', env: Readonly<Record<string, string>>): Candidate => ({
    name,
    program: nodeForFunctions().path,
    args: ['--max-old-space-size=256', path.join(REPOSITORY, 'sandbox', 'lambda', 'bootstrap.cjs')],
    env: {
      ...CREDENTIAL_VARIABLES,
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: url,
      _HANDLER: 'index.handler',
      LAMBDA_TASK_ROOT: path.join(REPOSITORY, 'assets', 'lambda', name, 'index'),
      [CommonEnvironment.WORKSPACE_ID]: 'ws-bench',
      ...env,
    },
  });
  return {
    receive: bundle('receive', { [ReceiveEnvironment.QUEUE_URL]: queueUrl, [ReceiveEnvironment.SEVERITY_MAP]: '{}' }),
    deliver: bundle('deliver', {
      [DeliverEnvironment.QUEUE_URL]: queueUrl,
      [DeliverEnvironment.DEAD_LETTER_QUEUE_URL]: `${url}/000000000000/dead.fifo`,
      [DeliverEnvironment.ROUTING_KEY_SECRET_ARN]: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:keys',
      [DeliverEnvironment.ROUTING_KEY_NAMES]: '["primary"]',
      [DeliverEnvironment.PAGERDUTY_ENDPOINTS]: JSON.stringify({ us: `${url}/v2/enqueue` }),
      [DeliverEnvironment.DEFAULT_ENDPOINT]: 'us',
      [DeliverEnvironment.WATERMARK_TABLE]: 'watermarks',
      [DeliverEnvironment.RETRY_WINDOW_SECONDS]: '86400',
    }),
    article: {
      name: 'article',
      program: PYTHON,
      args: [path.join(__dirname, 'bootstrap.py')],
      env: { _HANDLER: 'article_function.lambda_handler', LAMBDA_TASK_ROOT: __dirname, PAGERDUTY_URL: `${url}/v2/enqueue` },
    },
  };
}
