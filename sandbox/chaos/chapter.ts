import { createHash } from 'crypto';
import type { SecretTrouble } from './aws/routing-key-secret';
import type { Fault } from './faults';
import type { Trouble } from './pagerduty/pagerduty-service';
import { numberIn } from './path/publications';
import { Random } from './random';
import { RETRY_WINDOW_SECONDS } from './retry-window';
import type { World } from './world';

/** A part of a run, after which everything that was published is delivered before the next part begins. */
export interface Chapter {
  readonly phase: 'everything' | 'table' | 'former key';
  readonly notifications: number;
}

const MINUTE = 60_000;

const PHASES = ['everything', 'table', 'former key'] as const;

/**
 * The chapters of a run. Faults of the watermark table have chapters of their own: without it, an instance knows what it sent itself,
 * so late duplicates and kills are not in the same chapter. After it, the keys of its incidents are rotated.
 */
export function planChapters(notifications: number): Chapter[] {
  const size = Math.max(30, Math.min(200, Math.ceil(notifications / 4)));
  const chapters: Chapter[] = [];
  for (let left = notifications; left > 0;) {
    const phase = PHASES[chapters.length % PHASES.length] ?? 'everything';
    const count = Math.min(left, { 'everything': size, 'table': Math.ceil(size / 2), 'former key': Math.ceil(size / 2) }[phase]);
    chapters.push({ phase, notifications: count });
    left -= count;
  }
  return chapters;
}

/** Schedules a chapter: its notifications, and what lasts for a time or is done by an operator. */
export function scheduleChapter({ phase, notifications }: Chapter, world: World, random: Random): void {
  const { simulation, alertmanager, faults } = world;
  faults.phase = phase;
  alertmanager.isTableInTrouble = phase !== 'everything';
  const inStorm = phase === 'everything' ? Math.floor(notifications * STORM_SHARE) : 0;
  let at = 0;
  for (let index = inStorm; index < notifications; index += 1) {
    at += alertmanager.pause();
    simulation.after(at, () => world.notifications.deliver(alertmanager.publish(simulation.now)));
  }
  if (phase === 'table') {
    scheduleTableOutages(world, at, random);
  } else if (phase === 'former key') {
    scheduleFormerKeyOutage(world, at, random);
  } else {
    scheduleTroubles(world, at, random);
    scheduleSecretTroubles(world, at, random);
    scheduleThrottling(world, at, random);
    scheduleSilentWebhook(world, at, random);
    scheduleStorm(world, inStorm, at, random);
    for (let count = 0; count < 3; count += 1) {
      simulation.after(random.integer(0, at + 60 * MINUTE), () => redrive(world));
    }
  }
}

/** Moves everything in the dead-letter queues back to their queues, as an operator does. */
export function redrive({ simulation, faults, webhooks, ...pages }: World): void {
  for (const { deadLetterQueue, queue, poller } of [pages, webhooks]) {
    for (const { id, body, group } of deadLetterQueue.takeAll()) {
      faults.count('redrive from the dead-letter queue');
      queue.send(simulation.now, { body, group, deduplicationId: `redrive-${id}` });
    }
    poller.wake();
  }
}

interface Window<T> {
  readonly fault: Fault;
  readonly minutes: number;
  readonly value: T;
}

/** Starts and ends the windows one after the other, with pauses between them. */
function inTurn<T>(world: World, duration: number, random: Random, windows: readonly Window<T>[], set: (value: T | undefined) => void): void {
  const { simulation, faults } = world;
  let at = 0;
  for (const { fault, minutes, value } of shuffled(windows, random)) {
    at += random.integer(0, Math.max(MINUTE, duration / (windows.length + 1)));
    simulation.after(at, () => {
      faults.count(fault);
      set(value);
    });
    at += minutes * MINUTE;
    simulation.after(at, () => set(undefined));
  }
}

function scheduleTroubles(world: World, duration: number, random: Random): void {
  const keys = Object.values(world.secret.keys);
  const windows: Window<Trouble>[] = [
    { fault: 'PagerDuty outage', minutes: random.integer(2, 12), value: { kind: 'outage' } },
    { fault: 'PagerDuty limits the rate', minutes: random.integer(3, 8), value: { kind: 'rate limit', eventsPerMinute: random.integer(4, 12) } },
    { fault: 'one endpoint does not answer', minutes: random.integer(1, 4), value: { kind: 'silence', endpoint: random.pick(world.endpoints) } },
    {
      fault: 'PagerDuty outage longer than the retry window',
      minutes: RETRY_WINDOW_SECONDS / 60 + random.integer(6, 20),
      value: { kind: 'outage of a key', routingKey: random.pick(keys) },
    },
  ];
  inTurn(world, duration, random, windows, (trouble) => {
    world.pagerDuty.trouble = trouble;
  });
}

function scheduleSecretTroubles(world: World, duration: number, random: Random): void {
  const windows: Window<SecretTrouble>[] = [
    { fault: 'Secrets Manager outage', minutes: random.integer(2, 10), value: 'outage' },
    { fault: 'secret malformed', minutes: random.integer(3, 12), value: 'malformed' },
    { fault: 'secret denied', minutes: random.integer(3, 12), value: 'denied' },
  ];
  inTurn(world, duration, random, windows, (trouble) => {
    world.secret.setTrouble(trouble);
  });
  scheduleRotation(world, duration, random);
}

/** After a rotation, an instance uses the key before it for 5 minutes, and events that wait can be sent with it even later. */
const MIN_MINUTES_BETWEEN_VERSIONS = 20;

/** An operator makes a typing error and corrects it, and rotates the keys. */
function scheduleRotation(world: World, duration: number, random: Random): void {
  const { simulation } = world;
  const minutes = random.integer(2, 9);
  const [first, second] = random.chance(0.5) ? [rotate, mistype] : [mistype, rotate];
  const start = random.integer(0, duration);
  simulation.after(start, () => first(world, minutes));
  simulation.after(start + random.integer(MIN_MINUTES_BETWEEN_VERSIONS, 2 * MIN_MINUTES_BETWEEN_VERSIONS) * MINUTE, () => second(world, minutes));
}

/**
 * The secret keeps one previous version. So an operator makes another one only when no incident is open with a key from before: nothing
 * could resolve it.
 */
function isVersionNeeded({ secret, pagerDuty }: World): boolean {
  const current = Object.values(secret.keys);
  return secret.isTroubled || pagerDuty.incidents.all.some(({ state, routingKey }) => state !== 'resolved' && !current.includes(routingKey));
}

/** Resolves incidents that are open with a key from before, so that the keys can be rotated. Returns how many notifications that took. */
export function resolveFormerIncidents({ phase, notifications }: Chapter, world: World): number {
  const { secret, pagerDuty, alertmanager, simulation, faults } = world;
  if (phase !== 'former key') {
    return 0;
  }
  faults.phase = phase;
  const current = Object.values(secret.keys);
  const open = pagerDuty.incidents.all.filter(({ state, routingKey }) => state !== 'resolved' && !current.includes(routingKey));
  const numbers = open.map(({ latest }) => numberIn(latest.payload?.summary ?? ''));
  const incidents = new Set(alertmanager.publications.filter(({ number }) => numbers.includes(number)).map(({ incident }) => incident));
  const resolved = Array.from(incidents).slice(0, notifications);
  for (const incident of resolved) {
    simulation.after(0, () => world.notifications.deliver(alertmanager.publishOf(incident, 'resolve', simulation.now)));
  }
  return resolved.length;
}

function rotate(world: World): void {
  const { secret, pagerDuty, simulation, faults } = world;
  if (isVersionNeeded(world)) {
    return;
  }
  faults.count('routing key rotated');
  const keys = Object.fromEntries(Object.entries(secret.keys).map(([name, key]) => [name, createHash('sha256').update(`${key} rotated`).digest('hex').slice(0, 32)]));
  pagerDuty.addKeys(Object.values(keys));
  secret.rotate(keys, simulation.now);
}

/** The version with the typing error is current, and the one that works is the previous one. */
function mistype(world: World, minutes: number): void {
  const { secret, simulation, faults } = world;
  if (isVersionNeeded(world)) {
    return;
  }
  faults.count('routing key with a typing error');
  secret.setTrouble('typo');
  simulation.after(minutes * MINUTE, () => secret.setTrouble(undefined));
}

function scheduleThrottling({ simulation, faults, notifications }: World, duration: number, random: Random): void {
  const start = random.integer(0, duration);
  simulation.after(start, () => {
    faults.count('receive throttled for minutes');
    notifications.isThrottled = true;
  });
  simulation.after(start + random.integer(1, 15) * MINUTE, () => {
    notifications.isThrottled = false;
  });
}

function scheduleSilentWebhook({ simulation, faults, webhooks }: World, duration: number, random: Random): void {
  const start = random.integer(0, duration);
  simulation.after(start, () => {
    faults.count('webhook does not answer');
    webhooks.service.isSilent = true;
  });
  simulation.after(start + random.integer(1, 20) * MINUTE, () => {
    webhooks.service.isSilent = false;
  });
}

/** Of the notifications of a chapter, so many come at once. */
const STORM_SHARE = 0.25;
const STORM_MS = 2_000;

/** Whatever the other faults do, many incidents change at once. */
function scheduleStorm({ simulation, faults, alertmanager, notifications }: World, size: number, duration: number, random: Random): void {
  const start = random.integer(0, duration);
  simulation.after(start, () => faults.count('storm of notifications'));
  for (let count = 0; count < size; count += 1) {
    simulation.after(start + random.integer(0, STORM_MS), () => notifications.deliver(alertmanager.publish(simulation.now)));
  }
}

function scheduleTableOutages({ simulation, faults, aws }: World, duration: number, random: Random): void {
  const start = random.integer(0, duration / 2);
  simulation.after(start, () => {
    faults.count('table outage');
    aws.isTableOut = true;
  });
  simulation.after(start + random.integer(1, 5) * MINUTE, () => {
    aws.isTableOut = false;
  });
}

/** After a failure, an instance leaves the table alone for 5 seconds. Without both table and former key, nothing is promised. */
const TABLE_PAUSE_MS = 30_000;

/**
 * Incidents are opened while the table cannot be reached, and the instances that know it end before the table is back. Then the keys are
 * rotated, and the former ones cannot be read.
 */
function scheduleFormerKeyOutage(world: World, duration: number, random: Random): void {
  const { simulation, faults, aws, deliver, secret } = world;
  simulation.after(0, () => {
    faults.count('table outage');
    aws.isTableOut = true;
  });
  simulation.after(duration / 2, () => {
    deliver.replaceAll();
    aws.isTableOut = false;
  });
  const rotation = duration / 2 + TABLE_PAUSE_MS;
  simulation.after(rotation, () => {
    // Instances that know the current keys would use them for minutes.
    deliver.replaceAll();
    rotate(world);
    faults.count('previous version of the secret cannot be read');
    secret.setTrouble('outage of the previous version');
  });
  simulation.after(rotation + random.integer(5, 15) * MINUTE, () => secret.setTrouble(undefined));
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const rest = [...items];
  return items.map(() => rest.splice(random.integer(0, rest.length - 1), 1)[0] as T);
}
