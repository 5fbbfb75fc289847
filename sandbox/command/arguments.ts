import { readOptions, UsageError } from './options';
import { DEEPHAVEN_STORY } from '../story/deephaven-story';
import { SYSDIG_STORY } from '../story/sysdig-story';
import type { StoryKind } from '../story/witness';

/** The story of a deployment, which has configurations of its own. */
const REDEPLOYMENT = 'redeployment';

/** The stories with a receiver besides PagerDuty, by the name that `--story` takes. */
const STORIES: { readonly [name: string]: StoryKind } = { sysdig: SYSDIG_STORY, deephaven: DEEPHAVEN_STORY };

export interface SandboxArguments {
  readonly once: boolean;
  readonly app?: string;
  readonly workspace?: string;
  readonly alertmanager?: string;
  readonly job: string;
  readonly port?: number;
  readonly asDeployed: boolean;
  /** Plays how the definition of a workspace that exists is replaced, and restored at the end. */
  readonly existingWorkspace: boolean;
  readonly keep: boolean;
  /** A story with a receiver besides PagerDuty, from an example of its own. */
  readonly story?: StoryKind;
  /** Plays a deployment while groups end, instead of an incident. */
  readonly redeployment: boolean;
}

export const HELP = `usage: npm run sandbox -- [OPTIONS]

Runs the whole path from Prometheus to PagerDuty on this machine: a real Prometheus, Alertmanager, and node exporter, the
bundled functions, emulators of SNS, SQS, and Secrets Manager, and a simulator of PagerDuty with a live page. Stops the
node exporter, shows the incident, starts the node exporter again, and shows the resolved incident. Then keeps running.

  --once               exit after one incident, with exit code 0 only if it was opened and resolved
  --app DIRECTORY      cloud assembly (the output of \`cdk synth\`) to use instead of an example
  --workspace NAME     workspace, as STACK/LOGICAL-ID or a part of it, if the assembly contains several
  --job NAME           job label of the node exporter (default: node)
  --existing-workspace take over a workspace that has a definition already (of examples/adopt-existing, or of --app):
                       AMP's and AWS CloudFormation's part is emulated; shows a refusal, the replacement, and after
                       the incident the removal, which gives the workspace its definition back
  --story NAME         a story with one more receiver: sysdig (examples/sysdig: events in a simulator of Sysdig Monitor) or
                       deephaven (examples/deephaven: a history of alerts in Deephaven, if it is installed, or in a file);
                       or redeployment: another alertmanager.yml is deployed while groups end, and the final state is
                       compared with that of a run without the deployment. Ends by itself
  --as-deployed        keep the waits and intervals of the assembly; an incident takes minutes instead of seconds
  --alertmanager PATH  Alertmanager to use instead of the installed one
  --port NUMBER        port of the page (default: a free port)
  --keep               keep the directory with configurations and logs
  --help               print this help

Exit codes: 0 the incident was opened and resolved (with --story redeployment: the final states are the same), or you
stopped the sandbox; 1 it was not, or a component failed; 2 invalid arguments; 130 or 143 a run that ends by itself was
interrupted. The sandbox ends every process that it started.
`;

const OPTIONS = {
  'once': { type: 'boolean' },
  'app': { type: 'string' },
  'workspace': { type: 'string' },
  'job': { type: 'string' },
  'existing-workspace': { type: 'boolean' },
  'story': { type: 'string' },
  'as-deployed': { type: 'boolean' },
  'alertmanager': { type: 'string' },
  'port': { type: 'string' },
  'keep': { type: 'boolean' },
  'help': { type: 'boolean', short: 'h' },
} as const;

export function readArguments(args: readonly string[]): SandboxArguments | 'help' {
  const values = readOptions(args, OPTIONS);
  if (values.help) {
    return 'help';
  }
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && (!Number.isInteger(port) || port < 1 || port > 65535)) {
    throw new UsageError(`--port: "${values.port}" is not a port; use a number from 1 to 65535`);
  }
  if (values.story !== undefined && (values.app !== undefined || values['existing-workspace'])) {
    throw new UsageError('--story has an example of its own: leave out --app and --existing-workspace');
  }
  const redeployment = values.story === REDEPLOYMENT;
  if (redeployment && (values.job !== undefined || values['as-deployed'] || values.workspace !== undefined)) {
    throw new UsageError(`--story ${REDEPLOYMENT} has a rhythm and alerts of its own: leave out --job, --workspace, and --as-deployed`);
  }
  return {
    once: values.once ?? false,
    app: values.app,
    workspace: values.workspace,
    alertmanager: values.alertmanager,
    job: values.job ?? 'node',
    port,
    existingWorkspace: values['existing-workspace'] ?? false,
    asDeployed: values['as-deployed'] ?? false,
    keep: values.keep ?? false,
    story: redeployment ? undefined : parseStory(values.story),
    redeployment,
  };
}

function parseStory(name: string | undefined): StoryKind | undefined {
  if (name !== undefined && !Object.hasOwn(STORIES, name)) {
    throw new UsageError(`--story: there is no story "${name}"; use ${[...Object.keys(STORIES), REDEPLOYMENT].join(', ')}`);
  }
  return name === undefined ? undefined : STORIES[name];
}
