import { GLOBAL_CONFIG } from './global';
import { otherIntegration, TRANSLATED_INTEGRATIONS } from './integrations';
import { INHIBIT_RULE, ROUTE } from './route';
import { listOfNonNull, listOf, mapOf, opaque, struct, StructCheck, text } from './schema';
import { MUTE_TIME_INTERVAL, NAMED_TIME_INTERVAL } from './time-intervals';

const nameLabel: StructCheck = (fields, report) => {
  const label = fields.textMap('labels').get('name');
  if (label !== undefined && label !== fields.text('name')) {
    report({ code: 'config-invalid-value', message: 'the label "name" of the receiver differs from its name', fix: 'remove the label' }, 'labels');
  }
};

const LISTS = Object.entries(TRANSLATED_INTEGRATIONS).map(([name, schema]) => [name, listOfNonNull(schema)] as const);

const RECEIVER = struct('a receiver', { name: text(), labels: mapOf(text()), ...Object.fromEntries(LISTS) }, {
  otherFields: otherIntegration,
  required: ['name'],
  check: nameLabel,
});

/** The whole file, with every field of Alertmanager 0.35. */
export const ROOT = struct('the Alertmanager configuration', {
  global: GLOBAL_CONFIG,
  route: ROUTE,
  inhibit_rules: listOf(INHIBIT_RULE),
  receivers: listOfNonNull(RECEIVER),
  templates: listOf(text()),
  mute_time_intervals: listOf(MUTE_TIME_INTERVAL),
  time_intervals: listOf(NAMED_TIME_INTERVAL),
  // About the process that AMP runs, not about notifications.
  tracing: opaque(),
  event_recorder: opaque(),
});
