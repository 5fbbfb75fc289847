import { alertsIn } from './alerts';
import type { BuildRequest } from './built-request';
import { sysdigEvent } from './sysdig-event';
import { TransportSectionName } from '../../../src/contract/message';

/** The POST request to Sysdig Monitor. Of a truncated message, the alerts that arrived are sent. */
export const sysdigRequest: BuildRequest<'sysdig'> = ({ head, sections, cut }) => {
  const alerts = sections.filter(({ path }) => path[0] === TransportSectionName.ALERTS).flatMap(alertsIn);
  const { endpoint, token, timeoutMs } = head.settings;
  const { isSeverityKnown, ...event } = sysdigEvent({ head, settings: head.settings, alerts });
  return {
    lostAlerts: cut ? Math.max(0, head.firing + head.resolved - alerts.length) : 0,
    isSeverityUnknown: !isSeverityKnown,
    request: { endpoint, token, ...(timeoutMs !== undefined && { timeoutMs }), body: JSON.stringify({ event }) },
  };
};
