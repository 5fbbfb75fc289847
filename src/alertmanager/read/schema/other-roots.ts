import { HEADERS, HTTP_CONFIG, TLS_CONFIG } from './http';
import { bool, float, int, listOf, optionalText, struct, text } from './schema';
import { checkSecretUrl } from '../check-url';
import { oneOf } from '../names';
import { checkDuration } from '../prometheus-duration';

/** Parts of the configuration that concern the Alertmanager process and not its notifications. */

const compressions = oneOf('gzip');

export const TRACING = struct('the tracing configuration', {
  client_type: optionalText(oneOf('http', 'grpc')),
  endpoint: text(),
  sampling_fraction: float(),
  insecure: bool(),
  tls_config: TLS_CONFIG,
  headers: HEADERS,
  compression: text((value) => (value === '' ? undefined : compressions(value))),
  timeout: optionalText(checkDuration),
}, { required: ['endpoint'], resets: true });

const FILE_OUTPUT = struct('a file output', { path: text() }, { required: ['path'] });

const WEBHOOK_OUTPUT = struct('a webhook output', {
  url: optionalText(checkSecretUrl),
  http_config: HTTP_CONFIG,
  timeout: optionalText(checkDuration),
  workers: int(),
  max_retries: int(),
  retry_backoff: optionalText(checkDuration),
  batch: bool(),
  batch_max_events: int(),
  batch_max_bytes: int(),
  batch_flush_interval: optionalText(checkDuration),
}, {
  required: ['url'],
  check: (fields, tell) => {
    const sizes = ['batch_max_events', 'batch_max_bytes', 'batch_flush_interval'];
    const negative = sizes.find((name) => Number(fields.get(name)) < 0);
    if (negative !== undefined) {
      tell({ code: 'config-invalid-value', message: `"${negative}" is negative`, fix: 'write a number of 0 or more' }, negative);
    }
    const given = sizes.find((name) => fields.has(name));
    if (given !== undefined && fields.bool('batch') !== true && !fields.broken('batch')) {
      tell({ code: 'config-missing-field', message: `"${given}" has no meaning without "batch: true"`, fix: 'add "batch: true" or remove it' }, given);
    }
  },
});

const acknowledgements = oneOf('', 'none', 'leader', 'all');
const formats = oneOf('', 'json', 'protobuf');
const codecs = oneOf('', 'none', 'gzip', 'snappy', 'lz4', 'zstd');

const KAFKA_OUTPUT = struct('a Kafka output', {
  brokers: listOf(text()),
  topic: text(),
  client_id: text(),
  format: text(formats),
  acks: text(acknowledgements),
  compression: text(codecs),
  buffer_size: int(),
  tls_config: TLS_CONFIG,
}, {
  required: ['topic'],
  check: (fields, tell) => {
    const brokers = fields.texts('brokers') ?? [];
    if (!fields.broken('brokers') && (brokers.length === 0 || brokers.includes(''))) {
      tell({ code: 'config-missing-field', message: 'a Kafka output needs "brokers"', fix: 'give at least one host:port' }, 'brokers');
    }
  },
});

export const EVENT_RECORDER = struct('the event recorder', {
  file_outputs: listOf(FILE_OUTPUT),
  webhook_outputs: listOf(WEBHOOK_OUTPUT),
  kafka_outputs: listOf(KAFKA_OUTPUT),
  stdout_outputs: listOf(struct('a stdout output', {})),
});
