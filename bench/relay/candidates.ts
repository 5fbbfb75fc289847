import * as path from 'path';
import type { Candidate } from './host';
import type { Services } from './services';
import { CREDENTIAL_VARIABLES } from '../../sandbox/aws/credentials';
import { nodeForFunctions } from '../../sandbox/lambda/node-binary';
import { CommonEnvironment, DeliverEnvironment, ReceiveEnvironment } from '../../src/contract/environment';

const REPOSITORY = path.join(__dirname, '..', '..');

/** The Python of the distribution, whose packages `python3-yaml` and `python3-urllib3` the article's function needs. */
const PYTHON = '/usr/bin/python3';

export type CandidateName = 'article' | 'receive' | 'deliver' | 'floor' | 'floor of deliver';

/** Both functions of the relay, the article's, and what Node.js itself costs, to run against the given services. */
export function candidates({ urls, certificateFile, authoritiesFile }: Services): Readonly<Record<CandidateName, Candidate>> {
  const queueUrl = `${urls.sqs}/000000000000/events.fifo`;
  const pagerDutyUrl = `${urls.pagerDuty}/v2/enqueue`;
  const onNode = (name: CandidateName, folder: string, env: Readonly<Record<string, string>>): Candidate => ({
    name,
    program: nodeForFunctions().path,
    args: ['--max-old-space-size=256', path.join(REPOSITORY, 'sandbox', 'lambda', 'bootstrap.cjs')],
    env: { _HANDLER: 'index.handler', LAMBDA_TASK_ROOT: folder, NODE_EXTRA_CA_CERTS: certificateFile, ...env },
  });
  const ofRelay = (name: 'receive' | 'deliver', env: Readonly<Record<string, string>>): Candidate => (
    onNode(name, path.join(REPOSITORY, 'assets', 'lambda', name, 'index'), {
      ...CREDENTIAL_VARIABLES,
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL_SQS: urls.sqs,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: urls.secrets,
      AWS_ENDPOINT_URL_DYNAMODB: urls.tables,
      [CommonEnvironment.WORKSPACE_ID]: 'ws-bench',
      ...env,
    }));
  return {
    'article': {
      name: 'article',
      program: PYTHON,
      args: [path.join(__dirname, 'bootstrap.py')],
      env: {
        _HANDLER: 'article_function.lambda_handler',
        LAMBDA_TASK_ROOT: __dirname,
        PAGERDUTY_URL: pagerDutyUrl,
        AUTHORITIES: authoritiesFile,
        // The folder of a function on AWS is read-only.
        PYTHONDONTWRITEBYTECODE: '1',
      },
    },
    'receive': ofRelay('receive', { [ReceiveEnvironment.QUEUE_URL]: queueUrl, [ReceiveEnvironment.SEVERITY_MAP]: '{}' }),
    'deliver': ofRelay('deliver', {
      [DeliverEnvironment.QUEUE_URL]: queueUrl,
      [DeliverEnvironment.DEAD_LETTER_QUEUE_URL]: `${urls.sqs}/000000000000/dead.fifo`,
      [DeliverEnvironment.ROUTING_KEY_SECRET_ARN]: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:keys',
      [DeliverEnvironment.ROUTING_KEY_NAMES]: '["primary"]',
      [DeliverEnvironment.PAGERDUTY_ENDPOINTS]: JSON.stringify({ us: pagerDutyUrl }),
      [DeliverEnvironment.DEFAULT_ENDPOINT]: 'us',
      [DeliverEnvironment.WATERMARK_TABLE]: 'watermarks',
      [DeliverEnvironment.RETRY_WINDOW_SECONDS]: '86400',
    }),
    'floor': onNode('floor', path.join(__dirname, 'floor'), { PAGERDUTY_URL: pagerDutyUrl }),
    'floor of deliver': onNode('floor of deliver', path.join(__dirname, 'floor-of-deliver'), {
      SECRETS_URL: urls.secrets,
      TABLES_URL: urls.tables,
      PAGERDUTY_URL: pagerDutyUrl,
    }),
  };
}
