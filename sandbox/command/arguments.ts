import { readOptions, UsageError } from './options';

export interface SandboxArguments {
  readonly once: boolean;
  readonly app?: string;
  readonly workspace?: string;
  readonly alertmanager?: string;
  readonly job: string;
  readonly port?: number;
  readonly asDeployed: boolean;
  readonly keep: boolean;
}

export const HELP = `usage: npm run sandbox -- [OPTIONS]

The whole path from Prometheus to PagerDuty on this machine: real Prometheus, Alertmanager and node exporter, the bundled
functions, emulators of SNS, SQS and Secrets Manager, and a simulator of PagerDuty with a live page. Stops the node
exporter, shows the incident, starts it again, shows the incident resolved. Then everything stays up to play with.

  --once               end after the story, with exit code 0 only if it happened
  --app DIRECTORY      a cloud assembly (what \`cdk synth\` writes) instead of examples/node-exporter
  --workspace NAME     which workspace, as STACK/LOGICAL-ID or a part of it, when the assembly has several
  --job NAME           the job as which the node exporter is scraped (default: node)
  --as-deployed        the waits and intervals of the assembly instead of seconds; the story takes minutes
  --alertmanager PATH  another Alertmanager
  --port NUMBER        the port of the page (default: a free one)
  --keep               keep the directory with configurations and logs
  --help               this text

Exit codes: 0 the story happened, or you ended the sandbox; 1 it did not happen, or something broke; 2 the arguments are
wrong; 130 or 143 a story with --once was interrupted. Every process that was started ends with the sandbox.
`;

const OPTIONS = {
  'once': { type: 'boolean' },
  'app': { type: 'string' },
  'workspace': { type: 'string' },
  'job': { type: 'string' },
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
    throw new UsageError(`--port: "${values.port}" is no port; give a number from 1 to 65535`);
  }
  return {
    once: values.once ?? false,
    app: values.app,
    workspace: values.workspace,
    alertmanager: values.alertmanager,
    job: values.job ?? 'node',
    port,
    asDeployed: values['as-deployed'] ?? false,
    keep: values.keep ?? false,
  };
}
