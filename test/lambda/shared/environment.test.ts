import { requireEnv, requireJsonEnv, requirePositiveNumberEnv } from '../../../lambda/shared/environment';
import { isTextList } from '../../../lambda/shared/guards';

test.each([{}, { QUEUE_URL: '' }])('names a variable that is missing: %j', (environment) => {
  expect(() => requireEnv(environment, 'QUEUE_URL')).toThrow('environment variable QUEUE_URL is missing or empty');
});

test('names a variable that is not what it should be', () => {
  const names = (NAMES: string) => requireJsonEnv({ NAMES }, 'NAMES', isTextList, 'a JSON array of names');
  expect(names('["a"]')).toEqual(['a']);
  expect(() => names('[')).toThrow('environment variable NAMES is not valid JSON');
  expect(() => names('[1]')).toThrow('environment variable NAMES is not a JSON array of names');
});

test.each([['1', 1], ['0.5', 0.5], ['86400', 86_400]])('reads %s', (WINDOW, expected) => {
  expect(requirePositiveNumberEnv({ WINDOW }, 'WINDOW')).toBe(expected);
});

test.each(['0', '-1', 'Infinity', 'NaN', 'a day'])('refuses %s', (WINDOW) => {
  expect(() => requirePositiveNumberEnv({ WINDOW }, 'WINDOW')).toThrow('environment variable WINDOW is not a number greater than 0');
});
