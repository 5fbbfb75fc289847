import { judge, type Outcome } from '../../../sandbox/chaos/oracle';
import type { Acceptance } from '../../../sandbox/chaos/pagerduty/pagerduty-service';
import type { Publication } from '../../../sandbox/chaos/path/publications';
import { Incidents } from '../../../sandbox/pagerduty/incidents';

const KEY = 'k'.repeat(32);
const NEW_KEY = 'n'.repeat(32);
const OTHER_KEY = 'o'.repeat(32);
const KEYS: Readonly<Record<string, string>> = { '': KEY, 'n': NEW_KEY, 'o': OTHER_KEY };

/** `T1` is the trigger of publication 1, `R2` a resolve of publication 2; `R2n` is sent with the new key of a rotation, `T1o` with that of another team. */
function outcome(published: string, accepted: string, rest: Partial<Outcome> = {}): Outcome {
  const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');
  const actionOf = (word: string) => (word.startsWith('T') ? 'trigger' as const : 'resolve' as const);
  const publications = words(published).map((word, index): Publication => ({ number: index + 1, incident: 1, action: actionOf(word), at: index }));
  const incidents = new Incidents();
  const acceptances = words(accepted).map((word, at): Acceptance => {
    const [, number = '', key = ''] = /^.(\d+)(.?)$/.exec(word) ?? [];
    const summary = `publication ${number}`;
    const routingKey = KEYS[key] ?? '';
    const event = { routing_key: routingKey, event_action: actionOf(word), dedup_key: 'd', payload: { summary, source: 's', severity: 'error' } };
    return { at, routingKey, dedupKey: 'd', action: event.event_action, summary, change: incidents.apply(event, 'd', String(at)).change };
  });
  const keyOwners = new Map([[KEY, 'team'], [NEW_KEY, 'team'], [OTHER_KEY, 'other']]);
  return { publications, acceptances, incidents: incidents.all, keyOwners, receiverOf: () => 'team', left: 0, skipped: new Set(), unpaged: new Set(), deadLettered: new Set(), ...rest };
}

const NOTHING = { lost: 0, misordered: 0, zombies: 0, closedWhileFiring: 0, finalStateMismatches: 0 };

test.each<[what: string, outcome: Outcome, verdicts: Partial<typeof NOTHING>]>([
  ['everything as it was published', outcome('T R T', 'T1 R2 T3'), {}],
  ['an event accepted twice', outcome('T R', 'T1 T1 R2 R2'), {}],
  ['a backlog of which the last trigger and the final state are sent', outcome('T R T R', 'T3 R4', { skipped: new Set([1]) }), {}],
  ['a trigger after its resolve, resolved at once', outcome('T R', 'R2 T1 R1'), {}],
  ['a trigger after its resolve, sent again until it is resolved', outcome('T R', 'R2 T1 T1 R1'), {}],
  ['two triggers after their resolve, and the later one is resolved', outcome('T T R', 'R3 T1 T2 R2'), {}],
  ['a trigger after its resolve, while the alert fires again', outcome('T R T R', 'T1 R2 T1 T3 R4'), {}],
  ['a trigger after its resolve, before the alert fires again', outcome('T R R T R', 'T1 R2 T1 T4 R5'), { misordered: 1 }],
  ['a trigger that the function reports as unpaged', outcome('T R', 'R2', { unpaged: new Set([1]) }), {}],
  ['a page in the dead-letter queue whose alert ends, skipped by the redrive', outcome('T R', 'R2', { deadLettered: new Set([1]), skipped: new Set([1]) }), {}],
  ['a page in the dead-letter queue whose alert fires, skipped by the redrive', outcome('T', '', { deadLettered: new Set([1]), skipped: new Set([1]) }), { lost: 1, finalStateMismatches: 1 }],
  ['a page that is skipped without having been in the dead-letter queue', outcome('T R', 'R2', { skipped: new Set([1]) }), { lost: 1 }],
  ['nobody paged', outcome('T R', 'R2'), { lost: 1 }],
  ['an earlier trigger of which the function says nothing', outcome('T R T R', 'T3 R4'), { lost: 1 }],
  ['an event that is left in a queue', outcome('T', 'T1', { left: 1 }), { lost: 1 }],
  ['a trigger after its resolve', outcome('T R', 'T1 R2 T1'), { misordered: 1, zombies: 1, finalStateMismatches: 1 }],
  ['a resolve after a later trigger', outcome('T R T', 'T1 R2 T3 R2'), { misordered: 1, closedWhileFiring: 1, finalStateMismatches: 1 }],
  ['a resolve under both keys of a rotation', outcome('T R', 'T1 R2n R2'), {}],
  ['a trigger with each key of a rotation, and a resolve under both', outcome('T T R', 'T1 T2n R3 R3n'), {}],
  ['a resolve under the new key alone', outcome('T R', 'T1 R2n'), { zombies: 1, finalStateMismatches: 1 }],
  ['a late resolve that closes the incident of the old key, while the new one has its own', outcome('T R T', 'T1 T3n R2'), {}],
  ['a late resolve that closes the later incident of the new key', outcome('T R T', 'T1 R2 T3n R2n'), { misordered: 1, closedWhileFiring: 1, finalStateMismatches: 1 }],
  ['a trigger with the old key after its resolve with the new one', outcome('T R', 'T1n R2n T1'), { misordered: 1, zombies: 1, finalStateMismatches: 1 }],
  ['an event with the routing key of another team', outcome('T R', 'T1 R2 T1o R2o'), { finalStateMismatches: 2 }],
  ['an update that never came', outcome('T T', 'T1'), { finalStateMismatches: 1 }],
])('%s', (_what, given, expected) => {
  expect(judge(given).verdicts).toEqual({ ...NOTHING, ...expected });
});
