import { execFile } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { promisify } from 'util';
import { pythonWithDeephaven } from './python';
import { freePort, LOOPBACK } from '../net/loopback';
import { environmentWithoutAws, type ManagedProcess } from '../processes/managed-process';
import type { Processes } from '../processes/processes';
import { waitFor } from '../processes/wait';

const RECEIVER = path.join(__dirname, '..', '..', 'examples', 'deephaven', 'receiver');

/** The JVM starts, and Deephaven loads its libraries. */
const START_DEADLINE_MS = 300_000;

/** A row of the history. */
export interface HistoryRow {
  readonly Fingerprint: string;
  readonly Status: string;
  /** Nanoseconds since 1970, which a number of JavaScript cannot hold. */
  readonly Time: bigint;
  readonly Job: string;
  readonly Instance: string;
  readonly Name: string;
}

export interface AlertHistoryOptions {
  /** The bearer token that notifications must have. */
  readonly token?: string;
  /** Where files are written. */
  readonly directory: string;
  /** A Python with Deephaven, or `record` to write rows to a file; Deephaven where it is installed by default. */
  readonly python?: string;
}

/** The receiver of examples/deephaven, with a Deephaven server where Deephaven is installed, and with a file otherwise. */
export class AlertHistory {
  public static async start(processes: Processes, { directory, token, python = pythonWithDeephaven() ?? 'record' }: AlertHistoryOptions): Promise<AlertHistory> {
    const env = { ...environmentWithoutAws(), PYTHONDONTWRITEBYTECODE: '1', ...(token !== undefined && { ALERT_HISTORY_TOKEN: token }) };
    const port = await freePort();
    if (python === 'record') {
      const record = path.join(directory, 'alert-history.jsonl');
      const receiver = await startScript(processes, 'python3', ['receive_alerts.py', '--port', `${port}`, '--record', record], env);
      return new AlertHistory(port, `the file ${record}`, receiver, undefined, async () => Promise.resolve(fs.existsSync(record) ? fs.readFileSync(record, 'utf8') : ''));
    }
    const deephavenPort = await freePort();
    await startScript(processes, python, ['start_deephaven.py', '--port', `${deephavenPort}`, '--memory', '512m'], env);
    const connection = ['--deephaven-port', `${deephavenPort}`];
    const receiver = await startScript(processes, python, ['receive_alerts.py', '--port', `${port}`, ...connection], env);
    const print = async (): Promise<string> => (await promisify(execFile)(python, [path.join(RECEIVER, 'print_history.py'), ...connection], { env })).stdout;
    return new AlertHistory(port, `Deephaven at http://${LOOPBACK}:${deephavenPort}/`, receiver, deephavenPort, print);
  }

  /** What notifications are posted to. */
  public readonly url: string;

  private constructor(
    port: number,
    /** Where the rows are, in words. */
    public readonly place: string,
    public readonly receiver: ManagedProcess,
    /** The port of the Deephaven server, if there is one. */
    public readonly deephavenPort: number | undefined,
    private readonly print: () => Promise<string>,
  ) {
    this.url = `http://${LOOPBACK}:${port}/`;
  }

  /** The rows so far, in the order of time. */
  public async rows(): Promise<HistoryRow[]> {
    const lines = (await this.print()).split('\n').filter((line) => line !== '');
    const rows = lines.map((line) => JSON.parse(line.replace(/"Time": (-?\d+)/, '"Time": "$1"')) as Omit<HistoryRow, 'Time'> & { Time: string });
    return rows.map((row) => ({ ...row, Time: BigInt(row.Time) })).sort((a, b) => (a.Time < b.Time ? -1 : a.Time > b.Time ? 1 : 0));
  }
}

/** Starts a script of the example, and waits until it says where it listens. */
async function startScript(
  processes: Processes, python: string, [script, ...args]: readonly string[], env: NodeJS.ProcessEnv,
): Promise<ManagedProcess> {
  let isReady = false;
  const child = processes.start({
    name: script.replace('.py', ''),
    program: python,
    args: [path.join(RECEIVER, script), ...args],
    env,
    onLine: (line) => {
      isReady ||= /^(listening|Deephaven runs) on /.test(line);
    },
  });
  await waitFor(`${script} is ready`, () => isReady || undefined, { deadline: START_DEADLINE_MS, unless: () => child.assertRunning() });
  return child;
}
