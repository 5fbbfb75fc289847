import { spawnSync } from 'child_process';
import * as path from 'path';

/** The Python of the setup step that installs Deephaven, and that of the machine. */
const CANDIDATES = [path.join(__dirname, '..', '..', 'node_modules', '.cache', 'deephaven', 'bin', 'python'), 'python3'];

/** A Python that has Deephaven's client and server; undefined if there is none. */
export function pythonWithDeephaven(): string | undefined {
  const probe = 'import importlib.util as u, sys; sys.exit(not all(map(u.find_spec, ("pydeephaven", "deephaven_server"))))';
  return CANDIDATES.find((python) => spawnSync(python, ['-c', probe], { stdio: 'ignore' }).status === 0);
}
