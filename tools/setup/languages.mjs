// Step of the check: what builds and runs the packages of Python, Java, and Go.
import { findProgram, NotReadyError, run, say, succeeds } from './shell.mjs';

/** The lowest Go that the generated module and aws-cdk-go accept. */
const OLDEST_GO_MINOR = 23;

const DEBIAN_PACKAGES = {
  python: { isThere: () => succeeds('python3', ['-m', 'ensurepip', '--version']), packages: ['python3', 'python3-venv', 'python3-pip'] },
  java: { isThere: () => findProgram('javac') !== undefined && findProgram('mvn') !== undefined, packages: ['openjdk-17-jdk-headless', 'maven'] },
};

/** Installs what Debian and Ubuntu have. Their Go is too old, so it is used only where it is. */
export function programsOfPackages() {
  const missing = Object.entries(DEBIAN_PACKAGES).filter(([, { isThere }]) => !isThere());
  if (missing.length === 0) {
    return;
  }
  const packages = missing.flatMap(([, language]) => language.packages);
  if (findProgram('apt-get') === undefined) {
    say(`the packages of ${missing.map(([name]) => name).join(', ')} will not be tested: there is no apt-get to install ${packages.join(', ')} with`);
    return;
  }
  const root = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  say(`apt-get install ${packages.join(' ')}`);
  try {
    aptGet(root, 'update', '-q');
    aptGet(root, 'install', '-y', '-q', '--no-install-recommends', ...packages);
  } catch (error) {
    if (!(error instanceof NotReadyError)) {
      throw error;
    }
    say(`${error.message}\nsetup: the packages of ${missing.map(([name]) => name).join(', ')} will not be tested`);
  }
}

/** The languages whose packages cannot be built and run here, with the reason. */
export function languagesOfPackages() {
  const go = findProgram('go') === undefined ? 'there is no Go on the PATH' : goReason();
  return {
    ...!DEBIAN_PACKAGES.python.isThere() && { python: 'Python 3 with venv is missing (Debian and Ubuntu: python3-venv)' },
    ...!DEBIAN_PACKAGES.java.isThere() && { java: 'a JDK or Maven is missing (Debian and Ubuntu: openjdk-17-jdk-headless, maven)' },
    ...go !== undefined && { go },
  };
}

function goReason() {
  const version = run('go', ['env', 'GOVERSION']).trim();
  const minor = Number(/^go1\.(\d+)/.exec(version)?.[1] ?? Infinity);
  return minor < OLDEST_GO_MINOR ? `${version} is older than go1.${OLDEST_GO_MINOR}` : undefined;
}

function aptGet(root, ...args) {
  const [program, ...rest] = [...root, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
  return run(program, rest);
}
