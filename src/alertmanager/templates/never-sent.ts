import { Finding, FindingSeverity } from '../../findings/finding';
import type { AlertmanagerFile, ConfigPath, ParsedConfig } from '../model';

/** The lists whose entries can be left out without the loss of a page. */
const LISTS = ['slack_configs', 'email_configs'] as const;

/** What Alertmanager does not notice when it loads a file, and fails with at each notification. */
const FATAL: readonly string[] = ['template-syntax', 'template-function-unknown'];

/** What was found in the templated fields of one entry. */
export interface FieldFindings {
  readonly path: ConfigPath;
  readonly findings: readonly Finding[];
}

/**
 * Entries of Slack and email with a template that cannot be parsed. Alertmanager accepts them and never sends anything for them. An
 * entry that has never sent anything must not keep pages from moving, and AMP would refuse the whole definition because of it: it is
 * left out, with a warning.
 */
export class NeverSent {
  private readonly entries: ReadonlySet<string>;

  constructor(private readonly fields: readonly FieldFindings[]) {
    this.entries = new Set(fields.filter(({ path, findings }) => isOptional(path) && findings.some(isFatal)).map(({ path }) => keyOf(path)));
  }

  /** The findings of all fields; of entries that are left out, only why. */
  public findings(): Finding[] {
    return this.fields.flatMap(({ path, findings }) => (this.entries.has(keyOf(path)) ? findings.filter(isFatal).map(warningOf) : findings));
  }

  /** The configuration without what is never sent: the entries keep their places, which names depend on. */
  public mark(reading: ParsedConfig): ParsedConfig {
    const { config } = reading;
    return config && this.entries.size > 0 ? { ...reading, config: this.markEntries(config) } : reading;
  }

  private markEntries(config: AlertmanagerFile): AlertmanagerFile {
    const markIn = <Entry>(entries: readonly Entry[], ...place: ConfigPath): Entry[] =>
      entries.map((entry, index) => (this.entries.has(keyOf([...place, index])) ? { ...entry, is_never_sent: true } : entry));
    return {
      ...config,
      receivers: config.receivers.map((receiver, index) => ({
        ...receiver,
        slack_configs: markIn(receiver.slack_configs, 'receivers', index, 'slack_configs'),
        email_configs: markIn(receiver.email_configs, 'receivers', index, 'email_configs'),
      })),
    };
  }
}

function isOptional([, , list]: ConfigPath): boolean {
  return LISTS.some((each) => each === list);
}

function isFatal({ code, severity }: Finding): boolean {
  return severity === FindingSeverity.ERROR && FATAL.includes(code);
}

function warningOf(finding: Finding): Finding {
  return {
    ...finding,
    code: 'entry-never-sent',
    severity: FindingSeverity.WARNING,
    message: `${finding.message}: Alertmanager can send nothing for this entry, so it is left out`,
    fix: `${finding.fix ?? 'correct the template'}; or acknowledge this`,
  };
}

/** Of an entry, and of everything in it. */
function keyOf(path: ConfigPath): string {
  return JSON.stringify(path.slice(0, 4));
}
