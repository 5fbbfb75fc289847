import { SysdigRegion } from './sysdig-region';

/** Settings of {@link WebhookTarget.sysdig}. */
export interface SysdigOptions {
  /** The region of Sysdig Monitor, IBM Cloud, or the address of an installation in your network. */
  readonly region: SysdigRegion;

  /**
   * The name of the entry in the secret that holds the API token of Sysdig Monitor, or the API key of IBM Cloud. Receivers of one team
   * can share an entry.
   *
   * @default - the name of the receiver, followed by `/sysdig`
   */
  readonly tokenName?: string;

  /**
   * The annotations that make the scope of an event, each with the label of Sysdig that it stands for, for example
   * `{ host: 'host.hostName' }`.
   *
   * A scope consists of the annotations that all alerts of the notification have with the same value. A value with quotes of both kinds,
   * or with control characters, cannot be written in a scope: it stands in the description of the event instead.
   *
   * @default - every annotation, with `.` for `_` in its name, but for texts: `description`, `summary`, `message`, `severity`, `runbook`,
   * `runbook_url`, `dashboard`, and `dashboard_url`
   */
  readonly scope?: { readonly [annotation: string]: string };

  /**
   * Severities by the texts of your alerts (case-insensitive): from 0 (emergency) to 7 (debug).
   *
   * The severity of an event is the worst of its alerts. An alert has it in the annotation or in the label `severity`: a number from 0 to
   * 7, or a name. Known names are those of syslog and common variants of them, such as `crit`, `warn`, and `informational`.
   *
   * @default - only numbers and known names
   */
  readonly severities?: { readonly [name: string]: number };

  /**
   * The severity of an event whose alerts have none that is known: from 0 (emergency) to 7 (debug). The `SeveritiesUnknown` metric counts
   * such events.
   *
   * @default 3
   */
  readonly defaultSeverity?: number;
}
