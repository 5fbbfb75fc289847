/** What becomes one incident in PagerDuty. */
export enum Incidents {
  /**
   * One incident per notification group, as Alertmanager does: the alerts that `group_by` puts together trigger, update and
   * resolve one incident.
   */
  PER_GROUP = 'PER_GROUP',
  /**
   * One incident per alert: every route whose receiver pages is grouped by all labels (`group_by: ['...']`).
   *
   * Dedup keys change with it, so incidents that are open at the moment of the switch have to be resolved by hand. AMP
   * keeps at most 1,000 notification groups per workspace.
   *
   * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP_quotas.html
   */
  PER_ALERT = 'PER_ALERT',
}

/** How the default details of an event, `firing` and `resolved`, are shown in PagerDuty. */
export enum DetailsFormat {
  /** As text, one block per alert: what Alertmanager does up to version 0.29. */
  TEXT = 'TEXT',
  /**
   * As lists of alert objects with `status`, `labels`, `annotations`, `startsAt`, `endsAt`, `generatorURL` and
   * `fingerprint`, and counts as numbers: what Alertmanager does from version 0.30 on. Texts of your own stay texts, even
   * if they look like YAML.
   */
  STRUCTURED = 'STRUCTURED',
}

/** What happens to integrations that AMP or this construct cannot run, such as `slack_configs`. */
export enum UnsupportedReceivers {
  /** Synthesis fails and names all of them. */
  ERROR = 'ERROR',
  /** They are left out, with a warning for each; the receivers and their routes stay. */
  WARN = 'WARN',
}

/** How an `alertmanager.yml` is read. */
export interface AlertManagerConfigOptions {
  /**
   * The directory that has the files named under `templates:`. Of each pattern there only the base name counts, of absolute
   * ones too, so that the paths of another machine need not be changed: `/etc/alertmanager/templates/*.tmpl` means every
   * `*.tmpl` in this directory.
   *
   * @default - patterns are looked up as they are written; relative ones start from the directory of the file, or from the
   * working directory for a configuration given as text
   */
  readonly templateDirectory?: string;

  /**
   * What to do with integrations of other types than `pagerduty_configs` and `sns_configs`.
   *
   * @default UnsupportedReceivers.ERROR
   */
  readonly unsupportedReceivers?: UnsupportedReceivers;
}
