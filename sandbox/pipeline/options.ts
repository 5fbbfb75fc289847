import type { Alerting } from '../assembly/alerting';
import type { Rhythm, Timings } from '../monitoring/timings';
import type { PageAction } from '../pagerduty/page';
import type { Processes } from '../processes/processes';

export interface PipelineOptions {
  /** The cloud assembly: the directory that `cdk synth` writes. */
  readonly assembly: string;
  /** Which workspace, when the assembly has several with an alert manager definition. */
  readonly workspace?: string;
  /** The Alertmanager program; the distribution's by default. */
  readonly alertmanager?: string;
  /** How much to shorten; as deployed by default. */
  readonly timings?: Timings;
  /** Replaces the timings of every route; for comparisons. */
  readonly rhythm?: Rhythm;
  /** Deploys the definition to AMP when everything behind it runs, and returns what AMP then has; that of the assembly by default. */
  readonly deployDefinition?: (alerting: Alerting, processes: Processes) => Promise<string>;
  /** The port of the PagerDuty simulator and its page; a free one by default. */
  readonly port?: number;
  /** Routing keys by name; made up by default. */
  readonly routingKeys?: Readonly<Record<string, string>>;
  /** Entries of the secret, for receivers that run beside the sandbox; servers of the sandbox by default. */
  readonly secretValues?: Readonly<Record<string, string>>;
  /** Replaces attributes of every queue that has them, for example a shorter `VisibilityTimeout`. */
  readonly queueAttributes?: Readonly<Record<string, string>>;
  /** How long to wait before each retry of an invocation by SNS, in milliseconds. On AWS: one minute, then two. */
  readonly asyncRetryDelays?: readonly number[];
  /** Maximum number of concurrent execution environments of a function. Default: 2. */
  readonly concurrency?: number;
  /** What links in notifications begin with; Alertmanager's own address by default. */
  readonly externalUrl?: string;
  /** What the page of the simulator lets its reader do. */
  readonly actions?: readonly PageAction[];
  /** Keeps the working directory with configurations and logs after the end. */
  readonly keepDirectory?: boolean;
  /** Called with every line that a function prints: logs, and metrics in CloudWatch's embedded format. */
  readonly onFunctionLine?: (logicalId: string, line: string) => void;
  /** How much Alertmanager logs; `info` by default. */
  readonly alertmanagerLogLevel?: 'info' | 'debug';
  /** Called with every line of Alertmanager's log. */
  readonly onAlertmanagerLine?: (line: string) => void;
  /** Receives failures that nothing else reports: a failed invocation without a dead-letter queue, an error of the emulator. */
  readonly onTrouble?: (text: string) => void;
}
