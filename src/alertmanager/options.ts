/** Which alerts share one incident in PagerDuty. */
export enum Incidents {
  /**
   * One incident per notification group, as in Alertmanager: all alerts with the same `group_by` labels trigger, update, and
   * resolve one incident. Choose it to keep the incidents you know.
   */
  PER_GROUP = 'PER_GROUP',
  /**
   * One incident per alert: every route to a PagerDuty receiver is grouped by all labels (`group_by: ['...']`). Choose it if
   * responders acknowledge and resolve each alert separately.
   *
   * The dedup keys change, so you must resolve incidents that are open when you switch by hand. AMP allows 1,000 notification
   * groups per workspace.
   *
   * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP_quotas.html
   */
  PER_ALERT = 'PER_ALERT',
}

/** Format of the default details `firing` and `resolved` of an event. */
export enum DetailsFormat {
  /** Text with one block per alert, as in Alertmanager 0.29 and earlier. */
  TEXT = 'TEXT',
  /**
   * Lists of alert objects with `status`, `labels`, `annotations`, `startsAt`, `endsAt`, `generatorURL`, and `fingerprint`, and
   * counts as numbers, as in Alertmanager 0.30 and later. Choose it if PagerDuty rules read single labels. Your own details stay
   * text, even if they look like YAML.
   */
  STRUCTURED = 'STRUCTURED',
}

/** What happens to integrations that AMP or this construct cannot run, such as `opsgenie_configs`. */
export enum UnsupportedReceivers {
  /** Synthesis fails and reports all of them. Choose it to be sure that every receiver notifies. */
  ERROR = 'ERROR',
  /** They are skipped, with a warning for each. The receivers and their routes remain. Choose it if the others notify elsewhere. */
  WARN = 'WARN',
}

/** Options for reading an `alertmanager.yml`. */
export interface AlertManagerConfigOptions {
  /**
   * The directory of the template files that `templates:` names. Only the base name of each pattern is used, so that you do not
   * need to change the paths of another machine: `/etc/alertmanager/templates/*.tmpl` matches all `*.tmpl` files in this directory.
   *
   * @default - patterns are resolved as written; relative patterns start from the directory of the file, or from the working
   * directory if the configuration is a string
   */
  readonly templateDirectory?: string;

  /**
   * What to do with integrations that are not translated, such as `opsgenie_configs`.
   *
   * @default UnsupportedReceivers.ERROR
   */
  readonly unsupportedReceivers?: UnsupportedReceivers;
}
