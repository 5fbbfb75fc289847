import { spawnSync } from 'child_process';
import { createHash } from 'crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'fs';
import { dirname, join } from 'path';

const TOOLS = join(__dirname, '..', '..', 'tools');
const CACHE = join(__dirname, '..', '..', 'node_modules', '.cache');
const MAX_DOWNLOAD_MS = 300_000;

/** How long a test can wait until a program is built. */
export const MAX_BUILD_MS = 1_200_000;

/** A program of a folder of tools/ whose go.mod pins its modules. Built once; the result is kept in node_modules/.cache. */
export class GoProgram {
  /** Prometheus 3.16 with AWS Signature Version 4, which Debian's build lacks, and without what discovers targets in clouds. */
  static readonly PROMETHEUS = new GoProgram('prometheus', 'github.com/prometheus/prometheus/cmd/prometheus', ['-tags=remove_all_sd']);

  /** Reads configurations with the components of the OpenTelemetry Collector, and with the parser of Grafana Alloy. */
  static readonly COLLECTORS = new GoProgram('collectors', '.', []);

  /** Prints what Go's HTTP client asks for when it is given a URL. */
  static readonly URLS = new GoProgram('urls', '.', []);

  private readonly sources: string;

  private constructor(private readonly folder: string, private readonly target: string, private readonly flags: readonly string[]) {
    this.sources = join(TOOLS, folder);
  }

  /** Why it cannot be built here; `undefined` if it can. */
  obstacle(): string | undefined {
    if (existsSync(this.binary)) {
      return undefined;
    }
    if (spawnSync('go', ['version']).status !== 0) {
      return 'Go is not installed';
    }
    const isDownloaded = spawnSync('go', ['list', '-deps', ...this.flags, this.target], { cwd: this.sources, timeout: MAX_DOWNLOAD_MS, stdio: 'ignore' }).status === 0;
    return isDownloaded ? undefined : `the Go modules of tools/${this.folder} could not be downloaded`;
  }

  /** The path of the program. */
  build(): string {
    if (!existsSync(this.binary)) {
      mkdirSync(dirname(this.binary), { recursive: true });
      // Built beside and renamed: another process might be building, too.
      const built = `${this.binary}.${process.pid}`;
      const flags = ['-trimpath', '-buildvcs=false', '-ldflags=-s -w', ...this.flags];
      const { status, stderr } = spawnSync('go', ['build', ...flags, '-o', built, this.target], { cwd: this.sources, encoding: 'utf8' });
      if (status !== 0) {
        throw new Error(`go build of tools/${this.folder} failed: ${stderr}`);
      }
      renameSync(built, this.binary);
    }
    return this.binary;
  }

  private get binary(): string {
    const hash = createHash('sha256');
    readdirSync(this.sources).sort().forEach((name) => hash.update(name).update(readFileSync(join(this.sources, name))));
    return join(CACHE, this.folder, hash.digest('hex').slice(0, 16), this.folder);
  }
}
