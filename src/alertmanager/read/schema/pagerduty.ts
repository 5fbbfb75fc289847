import { HTTP_CONFIG } from './http';
import { anything, bool, goDuration, listOf, mapOf, optionalText, struct, text } from './schema';
import { checkUrl } from '../check-url';

/** A reference to a secret, which only AMP's own PagerDuty receiver has. */
const NATIVE_KEY = struct('a reference to a key', {
  aws_secrets_manager: struct('a reference to a secret', { secret_arn: text(), secret_key: text(), refresh_interval: text() }, { required: ['secret_arn'] }),
}, { required: ['aws_secrets_manager'] });

/** An entry of `pagerduty_configs`. */
export const PAGERDUTY_CONFIG = struct('a PagerDuty configuration', {
  send_resolved: bool(),
  http_config: HTTP_CONFIG,
  service_key: { ...text(), orStruct: NATIVE_KEY },
  service_key_file: text(),
  routing_key: { ...text(), orStruct: NATIVE_KEY },
  routing_key_file: text(),
  url: optionalText(checkUrl),
  client: text(),
  client_url: text(),
  description: text(),
  details: mapOf(anything()),
  images: listOf(struct('an image', { src: text(), alt: text(), href: text() })),
  links: listOf(struct('a link', { href: text(), text: text() })),
  source: text(),
  severity: text(),
  class: text(),
  component: text(),
  group: text(),
  timeout: goDuration(),
}, {
  anyOf: [['routing_key', 'routing_key_file', 'service_key', 'service_key_file']],
  atMostOne: [['routing_key', 'routing_key_file'], ['service_key', 'service_key_file']],
});
