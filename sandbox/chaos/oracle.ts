import type { Acceptance } from './pagerduty/pagerduty-service';
import { numberIn, type Publication } from './path/publications';
import type { Incident } from '../pagerduty/incidents';

/** What went wrong for somebody, counted. A run without defects has zeros only. */
export interface Verdicts {
  /** Alerts that paged nobody, and notifications that are left in a queue. */
  readonly lost: number;
  /** Events that changed an incident although PagerDuty had a later one that says otherwise. */
  readonly misordered: number;
  /** Incidents that are open and will never be resolved. */
  readonly zombies: number;
  /** Incidents that were resolved although a later notification says that the alert fires. */
  readonly closedWhileFiring: number;
  /** Incidents that do not show what Alertmanager said last. */
  readonly finalStateMismatches: number;
}

export interface Outcome {
  readonly publications: readonly Publication[];
  readonly acceptances: readonly Acceptance[];
  /** The incidents in the end. */
  readonly incidents: readonly Incident[];
  /** The receiver of each incident in the definition. */
  readonly receiverOf: (incident: number) => string;
  /** Every routing key that was ever in the secret, with the receiver that it belongs to. */
  readonly keyOwners: ReadonlyMap<string, string>;
  /** Notifications and events that are in a queue in the end. */
  readonly left: number;
  /** Publications that the deliver function reported as skipped, because a later one of the same incident was sent or waited with them. */
  readonly skipped: ReadonlySet<number>;
  /** Publications whose trigger the deliver function reported as unpaged, and counts in a metric with an alarm. */
  readonly unpaged: ReadonlySet<number>;
  /** Publications whose event the deliver function moved to the dead-letter queue, which has an alarm. */
  readonly deadLettered: ReadonlySet<number>;
  /** Findings about other receivers than PagerDuty. */
  readonly more?: readonly Finding[];
}

/** A verdict with what it is about, for the report. */
export interface Finding {
  readonly verdict: keyof Verdicts;
  readonly incident: number;
  readonly text: string;
}

/** Compares what PagerDuty has seen and shows with what Alertmanager has said. */
export function judge(outcome: Outcome): { readonly verdicts: Verdicts; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [...outcome.more ?? []];
  const report = (verdict: keyof Verdicts, incident: number, text: string): void => {
    findings.push({ verdict, incident, text });
  };
  const byNumber = new Map(outcome.publications.map((publication) => [publication.number, publication]));
  const incidentOf = (summary: string): number | undefined => byNumber.get(numberIn(summary))?.incident;
  const said = groupBy(outcome.publications, ({ incident }) => incident);
  const seen = groupBy(outcome.acceptances, ({ summary }) => incidentOf(summary));
  const open = groupBy(outcome.incidents.filter(({ state }) => state !== 'resolved'), ({ title }) => incidentOf(title));
  checkDedupKeys(outcome, incidentOf, report);
  checkRoutingKeys(outcome, incidentOf, report);
  for (const [incident, publications] of said) {
    const accepted = (seen.get(incident) ?? [])
      .map((acceptance): Seen => ({ ...acceptance, publication: byNumber.get(numberIn(acceptance.summary)) as Publication }));
    checkOrder(incident, publications, accepted, report);
    checkEpisodes(incident, publications, accepted, outcome, report);
    checkFinalState(incident, publications, open.get(incident) ?? [], report);
  }
  const count = (verdict: keyof Verdicts): number => findings.filter((finding) => finding.verdict === verdict).length;
  return {
    findings,
    verdicts: {
      lost: count('lost') + outcome.left,
      misordered: count('misordered'),
      zombies: count('zombies'),
      closedWhileFiring: count('closedWhileFiring'),
      finalStateMismatches: count('finalStateMismatches'),
    },
  };
}

type Report = (verdict: keyof Verdicts, incident: number, text: string) => void;
type Seen = Acceptance & { readonly publication: Publication };

/** Each event goes to the team of its receiver, whichever version of the secret its routing key is from. */
function checkRoutingKeys(
  { acceptances, receiverOf, keyOwners }: Outcome, incidentOf: (summary: string) => number | undefined, report: Report,
): void {
  for (const { summary, routingKey } of acceptances) {
    const incident = incidentOf(summary) ?? 0;
    const [owner, receiver] = [keyOwners.get(routingKey) ?? 'nobody', receiverOf(incident)];
    if (owner !== receiver) {
      report('finalStateMismatches', incident, `${summary} of the receiver ${receiver} went to the routing key of ${owner}`);
    }
  }
}

/** An incident has one dedup key, and no other incident has it. */
function checkDedupKeys({ acceptances }: Outcome, incidentOf: (summary: string) => number | undefined, report: Report): void {
  const owners = new Map<string, number>();
  const keys = new Map<number, string>();
  for (const { summary, dedupKey } of acceptances) {
    const incident = incidentOf(summary) ?? 0;
    if ((owners.get(dedupKey) ?? incident) !== incident || (keys.get(incident) ?? dedupKey) !== dedupKey) {
      report('finalStateMismatches', incident, `${summary} has the dedup key of another incident`);
    }
    owners.set(dedupKey, incident);
    keys.set(incident, dedupKey);
  }
}

/**
 * A routing key has incidents of its own: after a rotation, one alert can have two. A trigger is too late when its resolve came before it
 * under any key, because that resolve goes to every key under which the incident can be open. A resolve closes too much only under its own key.
 */
function checkOrder(incident: number, publications: readonly Publication[], accepted: readonly Seen[], report: Report): void {
  let latestResolve = 0;
  const latestTriggers = new Map<string, number>();
  accepted.forEach((event, index) => {
    const { at, publication: { number, action: published }, action, change, summary, routingKey } = event;
    const latestTrigger = latestTriggers.get(routingKey) ?? 0;
    if (action === 'resolve') {
      // A trigger that pages late is resolved at once, in the place of the resolve that came before it.
      const place = published === 'trigger' ? Math.max(number, latestResolve) : number;
      if (change === 'resolved' && place < latestTrigger) {
        report('misordered', incident, `the resolve of ${summary} came after the trigger of publication ${latestTrigger}`);
        report('closedWhileFiring', incident, `the resolve of ${summary} closed the incident of publication ${latestTrigger}`);
      }
      latestResolve = Math.max(latestResolve, place);
    } else {
      // While its resolve fails, a trigger that pages late is sent again with it, or another late one in its place, and changes nothing.
      const next = accepted.slice(index + 1).filter((later) => later.routingKey === routingKey)
        .find((later) => later.action === 'resolve' || later.publication.number > latestResolve);
      // The alert fires again: a trigger that takes the place of one that PagerDuty has not accepted yet pages for an open incident.
      const isFiring = publications.filter((publication) => publication.at <= at).at(-1)?.action === 'trigger';
      if (change === 'opened' && number < latestResolve && next?.action !== 'resolve' && !isFiring) {
        report('misordered', incident, `the trigger of ${summary} came after the resolve of publication ${latestResolve}`);
      }
      latestTriggers.set(routingKey, Math.max(latestTrigger, number));
    }
  });
}

/** Each time that the alert fired paged somebody: by a trigger of then, or by a later one that was sent first or in their place. */
function checkEpisodes(
  incident: number, publications: readonly Publication[], accepted: readonly Seen[], { skipped, unpaged, deadLettered }: Outcome, report: Report,
): void {
  const paged = new Set(accepted.filter(({ action }) => action === 'trigger').map(({ publication }) => publication.number));
  const lastPaged = Math.max(0, ...paged);
  publications.forEach((publication, index) => {
    if (publication.action !== 'trigger' || publications[index - 1]?.action === 'trigger') {
      return;
    }
    const end = publications.findIndex(({ action }, other) => other > index && action === 'resolve');
    const numbers = publications.slice(index, end === -1 ? undefined : end).map(({ number }) => number);
    // An alert that ends while its page is in the dead-letter queue: PagerDuty can have had it without an answer, so a redrive skips it.
    const isOverInDeadLetters = (number: number): boolean => end !== -1 && deadLettered.has(number) && skipped.has(number);
    const isAccountedFor = numbers.some((number) => (
      paged.has(number) || unpaged.has(number) || isOverInDeadLetters(number) || (number < lastPaged && skipped.has(number))));
    if (!isAccountedFor && !wasOpen(accepted, publication.number)) {
      report('lost', incident, `nobody was paged for publication ${numbers.join(', ')}`);
    }
  });
}

/** An earlier trigger had opened the incident under some routing key, and no resolve of before this publication had closed it there. */
function wasOpen(accepted: readonly Seen[], before: number): boolean {
  return accepted.some(({ action, publication, routingKey }, position) => action === 'trigger' && publication.number < before
    && !accepted.slice(position + 1).some((later) => (
      later.action === 'resolve' && later.routingKey === routingKey && later.publication.number < before)));
}

function checkFinalState(incident: number, publications: readonly Publication[], open: readonly Incident[], report: Report): void {
  const last = publications.at(-1);
  if (last === undefined) {
    return;
  }
  const isFiring = last.action === 'trigger';
  for (const { routingKey } of isFiring ? [] : open) {
    report('zombies', incident, `an incident with the routing key ${routingKey.slice(0, 4)}… is open, and nothing will resolve it`);
  }
  // After a rotation, the incident can be open with both keys: the next resolve closes both.
  const shown = open.map(({ latest }) => numberIn(latest.payload?.summary ?? ''));
  if (isFiring ? !shown.includes(last.number) : open.length > 0) {
    const shows = open.length === 0 ? 'no open incident' : `publication ${shown.join(' and ')}`;
    report('finalStateMismatches', incident, `Alertmanager said last: publication ${last.number}, ${last.action}; PagerDuty shows ${shows}`);
  }
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K | undefined): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key !== undefined) {
      groups.set(key, [...(groups.get(key) ?? []), item]);
    }
  }
  return groups;
}
