import { HTTP_CONFIG } from './http';
import { anything, bool, goDuration, listOf, mapOf, optionalText, struct, text } from './schema';
import { checkUrl } from '../check-url';

/** An entry of `pagerduty_configs`. */
export const PAGERDUTY_CONFIG = struct('a PagerDuty configuration', {
  send_resolved: bool(),
  http_config: HTTP_CONFIG,
  service_key: text(),
  service_key_file: text(),
  routing_key: text(),
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
