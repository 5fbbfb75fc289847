import { parseEndpoints } from '../../../lambda/deliver/endpoints';
import { PagerDutyEndpoint } from '../../../src/contract/pagerduty-event';

test('PagerDuty\'s own hosts and any https address are allowed', () => {
  const endpoints = parseEndpoints({ ...PagerDutyEndpoint, custom: 'https://proxy.example:8443/x' }, 'eu');
  expect(endpoints.get('eu')?.host).toBe('events.eu.pagerduty.com');
  expect(endpoints.get('custom')?.port).toBe('8443');
});

test.each(['http://127.0.0.1:1/', 'http://localhost:1/', 'http://[::1]:1/'])('%s is on this machine and allowed', (url) => {
  expect(parseEndpoints({ us: url }, 'us').size).toBe(1);
});

test.each(['http://events.pagerduty.com/', 'http://127.0.0.1.example/', 'http://128.0.0.1/', 'ftp://127.0.0.1/', 'events.pagerduty.com', ''])('%s is refused', (url) => {
  expect(() => parseEndpoints({ us: url }, 'us')).toThrow(/the endpoint "us"/);
});

test('the default must be one of them', () => {
  expect(() => parseEndpoints({ us: 'https://a' }, 'eu')).toThrow('the default endpoint "eu" is none of us');
});
