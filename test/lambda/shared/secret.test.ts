import { RoutingKeyCache } from '../../../lambda/deliver/routing-key-cache';
import { AwsError } from '../../../lambda/shared/aws/aws-error';
import { secretReader, type ReadSecret } from '../../../lambda/shared/secret';

/** A secret that Secrets Manager answers for with an error. */
function failing(code: string, status = 400): ReadSecret {
  return secretReader({ call: async () => Promise.reject(new AwsError(code, 'said so', status)) }, 'arn:aws:secretsmanager:us-east-1:111122223333:secret:keys');
}

test.each([
  ['ResourceNotFoundException', 'secret-without-value'],
  ['InvalidRequestException', 'secret-deleted'],
  ['AccessDeniedException', 'secret-access-denied'],
  ['DecryptionFailure', 'secret-access-denied'],
])('%s is for an operator to fix', async (error, code) => {
  expect(await failing(error)('AWSCURRENT')).toMatchObject({ content: { kind: 'unusable', code } });
});

test.each(['InternalServiceError', 'ThrottlingException'])('%s is an outage', async (error) => {
  await expect(failing(error, 500)('AWSCURRENT')).rejects.toThrow(error);
});

test('a secret that is marked for deletion while its key is in use counts as a problem, and the key works on', async () => {
  const key = 'a'.repeat(32);
  let isDeleted = false;
  let now = 0;
  const keys = new RoutingKeyCache(
    async (stage) => (isDeleted ? failing('InvalidRequestException')(stage) : { content: { kind: 'key', key } }), ['db'], () => now);
  expect(await keys.find({ name: 'db' })).toEqual({ found: true, key });
  isDeleted = true;
  now += 6 * 60 * 60 * 1000;
  expect(await keys.find({ name: 'db' })).toMatchObject({ found: true, key, problem: { code: 'secret-deleted' } });
});
