import { resolveEndpoint } from '../../../../lambda/shared/aws/endpoint';
import { DYNAMODB, SECRETS_MANAGER, SQS, type AwsService } from '../../../../lambda/shared/aws/services';
import type { Environment } from '../../../../lambda/shared/environment';

const QUEUE = 'https://sqs.eu-west-1.amazonaws.com/123456789012/q';

test.each<[what: string, service: AwsService, environment: Environment, url: string, knownUrl: string | undefined]>([
  ['the Region', SECRETS_MANAGER, { AWS_REGION: 'eu-west-1' }, 'https://secretsmanager.eu-west-1.amazonaws.com/', undefined],
  ['the default Region', DYNAMODB, { AWS_DEFAULT_REGION: 'us-gov-west-1' }, 'https://dynamodb.us-gov-west-1.amazonaws.com/', undefined],
  ['China', DYNAMODB, { AWS_REGION: 'cn-north-1' }, 'https://dynamodb.cn-north-1.amazonaws.com.cn/', undefined],
  ['the European sovereign cloud', SECRETS_MANAGER, { AWS_REGION: 'eusc-de-east-1' }, 'https://secretsmanager.eusc-de-east-1.amazonaws.eu/', undefined],
  ['isolated Regions', SQS, { AWS_REGION: 'us-isob-east-1' }, 'https://sqs.us-isob-east-1.sc2s.sgov.gov/', undefined],
  ['FIPS', DYNAMODB, { AWS_REGION: 'us-east-1', AWS_USE_FIPS_ENDPOINT: 'true' }, 'https://dynamodb-fips.us-east-1.amazonaws.com/', undefined],
  ['dual stack', SECRETS_MANAGER, { AWS_REGION: 'us-east-1', AWS_USE_DUALSTACK_ENDPOINT: 'true' }, 'https://secretsmanager.us-east-1.api.aws/', undefined],
  ['a queue', SQS, { AWS_REGION: 'us-east-1' }, 'https://sqs.eu-west-1.amazonaws.com/', QUEUE],
  ['FIPS before a queue', SQS, { AWS_REGION: 'us-east-1', AWS_USE_FIPS_ENDPOINT: 'true' }, 'https://sqs-fips.us-east-1.amazonaws.com/', QUEUE],
  ['a variable for the service', SQS, { AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:1', AWS_ENDPOINT_URL: 'http://127.0.0.1:2' }, 'http://127.0.0.1:1/', QUEUE],
  ['a variable for all services', SECRETS_MANAGER, { AWS_ENDPOINT_URL: 'http://127.0.0.1:2' }, 'http://127.0.0.1:2/', undefined],
  ['ignored variables', SQS, { AWS_ENDPOINT_URL: 'http://127.0.0.1:2', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }, 'https://sqs.eu-west-1.amazonaws.com/', QUEUE],
])('follows %s', (_what, service, environment, url, knownUrl) => {
  expect(resolveEndpoint(service, environment, knownUrl).href).toBe(url);
});

test('names the variable that is missing', () => {
  expect(() => resolveEndpoint(SQS, {})).toThrow('environment variable AWS_REGION is missing or empty');
});
