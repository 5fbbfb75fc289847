import type { StoryKind } from './witness';

/** Alerts as events in Sysdig Monitor, which is simulated. */
export const SYSDIG_STORY: StoryKind = {
  example: 'examples/sysdig/app.ts',
  open: async ({ receivers: { sysdig }, simulator }) => Promise.resolve({
    name: 'Sysdig Monitor',
    place: simulator.url,
    describe: (status) => {
      const event = sysdig.events.find(({ tags }) => tags.status === status);
      return event && [
        event.name,
        `  severity  ${event.severity}`,
        `  scope     ${event.scope ?? ''}`,
        `  tags      ${Object.entries(event.tags).map(([name, value]) => `${name}=${value}`).join(', ')}`,
      ].join('\n');
    },
  }),
};
