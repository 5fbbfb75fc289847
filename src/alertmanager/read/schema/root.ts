import { globalSchema } from './global';
import { integrationLists, otherIntegration } from './integrations';
import { INHIBIT_RULE, ROUTE } from './route';
import { listOfNonNull, listOf, mapOf, opaque, struct, StructCheck, StructSchema, text } from './schema';
import { MUTE_TIME_INTERVAL, NAMED_TIME_INTERVAL } from './time-intervals';

/**
 * The whole file, with every field of Alertmanager 0.35.
 *
 * @param leaveOut whether integrations that are not translated are left out, so that their entries are not read.
 */
export function rootSchema(leaveOut: boolean): StructSchema {
  return struct('the Alertmanager configuration', {
    global: globalSchema(leaveOut),
    route: ROUTE,
    inhibit_rules: listOf(INHIBIT_RULE),
    receivers: listOfNonNull(receiverSchema(leaveOut)),
    templates: listOf(text()),
    mute_time_intervals: listOf(MUTE_TIME_INTERVAL),
    time_intervals: listOf(NAMED_TIME_INTERVAL),
    // About the process that AMP runs, not about notifications.
    tracing: opaque(),
    event_recorder: opaque(),
  });
}

function receiverSchema(leaveOut: boolean): StructSchema {
  const lists = integrationLists(leaveOut).map(([name, schema]) => [name, schema.kind === 'opaque' ? schema : listOfNonNull(schema)] as const);
  return struct('a receiver', { name: text(), labels: mapOf(text()), ...Object.fromEntries(lists) }, {
    otherFields: otherIntegration,
    required: ['name'],
    check: nameLabel,
  });
}

const nameLabel: StructCheck = (fields, report) => {
  const label = fields.textMap('labels').get('name');
  if (label !== undefined && label !== fields.text('name')) {
    report({ code: 'config-invalid-value', message: 'the label "name" of the receiver differs from its name', fix: 'remove the label' }, 'labels');
  }
};
