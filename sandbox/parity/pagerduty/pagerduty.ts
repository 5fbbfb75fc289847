import { endpointOf, PAGERDUTY_CONFIGS, pairEvents } from './pair-events';
import { nameRoutingKeys } from '../../../src/alertmanager/translate/routing-key-names';
import type { ReceivedEvent } from '../../pagerduty/received-event';
import { PagerDutySimulator } from '../../pagerduty/simulator';
import { madeUpRoutingKey } from '../../pipeline/variables';
import type { Integration } from '../integration';

/** Fields that determine how PagerDuty is reached, and with which key. They are replaced. */
const REPLACED = ['routing_key', 'routing_key_file', 'service_key', 'service_key_file', 'url', 'http_config'];

/**
 * Events of PagerDuty. Keys of the Events API v1 become keys of v2, because Alertmanager sends v1 to a fixed address. The routing keys are
 * those that the pipeline has made up for the same names.
 */
export const pagerDuty: Integration<PagerDutySimulator, ReceivedEvent> = {
  field: PAGERDUTY_CONFIGS,
  start: async () => {
    const simulator = await PagerDutySimulator.start();
    // What PagerDuty would refuse is recorded all the same: Alertmanager must not try it again with every flush.
    simulator.faults = () => ({ status: 202, body: '{"status":"success"}' });
    return simulator;
  },
  relayed: ({ simulator }) => simulator,
  received: ({ received }) => received,
  redirect: (entry, { file, receiver, index }, simulator) => {
    const key = nameRoutingKeys(file).get(receiver.pagerduty_configs[index]);
    REPLACED.forEach((field) => entry.delete(field));
    entry.setText('routing_key', madeUpRoutingKey(key?.name ?? receiver.name)).setText('url', simulator.endpoint(endpointOf(receiver.name, index)));
  },
  pairUp: pairEvents,
};
