import { spawnSync } from 'child_process';
import { createHash } from 'crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'fs';
import { dirname, join } from 'path';

const SOURCES = join(__dirname, '..', '..', 'tools', 'prometheus');
const MAX_DOWNLOAD_MS = 300_000;
const PACKAGE = 'github.com/prometheus/prometheus/cmd/prometheus';

/** Why `buildPrometheus` cannot build here; `undefined` if it can. */
export function missingForPrometheus(): string | undefined {
  if (existsSync(binary())) {
    return undefined;
  }
  if (spawnSync('go', ['version']).status !== 0) {
    return 'Go is not installed';
  }
  const isDownloaded = spawnSync('go', ['list', '-deps', '-tags=remove_all_sd', PACKAGE], { cwd: SOURCES, timeout: MAX_DOWNLOAD_MS, stdio: 'ignore' }).status === 0;
  return isDownloaded ? undefined : 'the Go modules of tools/prometheus could not be downloaded';
}

/**
 * Prometheus 3.16 with AWS Signature Version 4, which Debian's build lacks. Built once, from the pinned modules, without what discovers
 * targets in clouds.
 */
export function buildPrometheus(): string {
  const path = binary();
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true });
    // Built beside and renamed: another process might be building, too.
    const built = `${path}.${process.pid}`;
    const { status, stderr } = spawnSync('go', ['build', '-trimpath', '-buildvcs=false', '-tags=remove_all_sd', '-ldflags=-s -w', '-o', built, PACKAGE], { cwd: SOURCES, encoding: 'utf8' });
    if (status !== 0) {
      throw new Error(`go build of ${PACKAGE} failed: ${stderr}`);
    }
    renameSync(built, path);
  }
  return path;
}

function binary(): string {
  const hash = createHash('sha256').update(readFileSync(join(SOURCES, 'go.sum'))).digest('hex').slice(0, 16);
  return join(__dirname, '..', '..', 'node_modules', '.cache', 'prometheus', hash, 'prometheus');
}
