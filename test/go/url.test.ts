import { parseUrl } from '../../src/go/url';

/** The verdicts of the net/url of Go 1.26.8. */
describe('the host of a URL', () => {
  test.each([
    'http://a', 'http://a:80', 'http://a:', 'http://[::1]', 'http://[::1]:80', 'http://[::1]:', 'http://[fe80::1%25en0]', 'http://[fe80::1%25en%20x]:1', 'http://[::ffff:1.2.3.4]',
    'http://a]', 'http://u:p@[::1]/x', 'mysql://a:1,b:2', 'postgres://a:b:1', 'http://1.2.3.4:5',
  ])('can be that of %s', (url) => {
    expect(parseUrl(url)).not.toHaveProperty('error');
  });

  test.each([
    'http://::1', 'https://::1', 'http://a:80:80', 'https://b[', 'http://b[::1]', 'http://[::1', 'http://[a]', 'http://[]', 'http://[1.2.3.4]', 'http://[::1]x', 'http://[::1]:x',
    'http://[::1][', 'http://[::1%25]', 'http://[%31::1]', 'http://[::1%en0]', 'http://a:x', 'mysql://a:1:x', 'http://[[::1]]',
  ])('cannot be that of %s', (url) => {
    expect(parseUrl(url)).toHaveProperty('error');
  });
});
