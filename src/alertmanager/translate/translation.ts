import type { Quotas } from '../../amp/read-quotas';
import type { Destinations } from '../../contract/destinations';
import type { AddressPermission } from '../../contract/queued-notification';
import type { Finding } from '../../findings/finding';
import type { PagerDutyRegion } from '../../relay/pagerduty-region';
import type { DetailsFormat, Incidents } from '../options';
import type { WebhookTargets } from './transports/sysdig';

/** What the construct asks of a configuration. */
export interface TranslationRequest {
  /** The path of the construct: two constructs with one configuration have different markers. */
  readonly scopePath: string;
  /** Can be a token, like the region. */
  readonly topicArn: string;
  readonly region: string;
  /** The account of the workspace, if anybody knows; can be a token. */
  readonly account?: string;
  readonly incidents: Incidents;
  readonly detailsFormat: DetailsFormat;
  /** The user's choice; absent: what the configuration asks for. */
  readonly pagerDutyRegion?: PagerDutyRegion;
  /** Whether the definition has a route and a receiver for the heartbeat of the construct. */
  readonly heartbeat?: boolean;
  /** What AWS has granted; absent: what everybody has. */
  readonly quotas?: Quotas;
  /** The identity of Amazon SES, if mails are sent through it instead of the server of the configuration. Can be a token. */
  readonly sesIdentity?: string;
  /** The addresses besides public ones over HTTPS that the notify function can connect to; none when absent. */
  readonly notifyPermissions?: readonly AddressPermission[];
  /** What takes the notifications of webhook receivers in the place of their servers, by receiver. */
  readonly webhookTargets?: WebhookTargets;
}

/** What the construct gets. With an error among the findings, the rest is empty or incomplete. */
export interface Translation extends Destinations {
  /** AMP's alert manager definition. */
  readonly definition: string;
  /** Whether the definition has a file with templates of the construct. */
  readonly hasOwnTemplates: boolean;
  readonly findings: readonly Finding[];
}
