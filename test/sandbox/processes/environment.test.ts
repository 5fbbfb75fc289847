import { environmentWithoutAws } from '../../../sandbox/processes/managed-process';

test('programs start without the AWS variables of the shell', () => {
  expect(environmentWithoutAws({ PATH: '/bin', AWS_CA_BUNDLE: '/ca.pem', AWS_PROFILE: 'x', HOME: '/' })).toEqual({ PATH: '/bin', HOME: '/' });
});
