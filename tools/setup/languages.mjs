// Step of the check: what builds and runs the packages of Python, Java, and Go. Other checks need Python, too.
import { hasAptGet, installCommand, installPackages, rootPrefix } from './apt.mjs';
import { findProgram, NotReadyError, run, say, succeeds } from './shell.mjs';

/** The lowest Go that the generated module and aws-cdk-go accept. */
const OLDEST_GO_MINOR = 23;

const DEBIAN_PACKAGES = {
  python: { isThere: () => succeeds('python3', ['-m', 'ensurepip', '--version']), packages: ['python3', 'python3-venv', 'python3-pip'] },
  java: { isThere: () => findProgram('javac') !== undefined && findProgram('mvn') !== undefined, packages: ['openjdk-17-jdk-headless', 'maven'] },
};

/** Installs what Debian and Ubuntu have. Their Go is too old, so it is used only where it is. */
export function programsOfPackages() {
  const missing = Object.keys(DEBIAN_PACKAGES).filter((language) => !DEBIAN_PACKAGES[language].isThere());
  if (missing.length === 0) {
    return;
  }
  install(missing.flatMap((language) => DEBIAN_PACKAGES[language].packages));
  const reasons = languagesOfPackages();
  missing.filter((language) => Object.hasOwn(reasons, language))
    .forEach((language) => say(`the ${language} package will not be tested: ${reasons[language]}`));
}

/** Tries to. What is still missing afterwards is skipped by the checks, with the reason. */
function install(packages) {
  if (!hasAptGet()) {
    return;
  }
  const asRoot = rootPrefix();
  if (asRoot === undefined) {
    say(`root is needed to install ${packages.join(', ')}: run \`${installCommand(packages)}\``);
    return;
  }
  say(`apt-get install ${packages.join(' ')}`);
  try {
    installPackages(asRoot, packages);
  } catch (error) {
    if (!(error instanceof NotReadyError)) {
      throw error;
    }
    say(error.message);
  }
}

/** The languages whose packages cannot be built and run here, with the reason. */
export function languagesOfPackages() {
  const python = pythonReason();
  const java = javaReason();
  const go = goReason();
  return { ...python && { python }, ...java && { java }, ...go && { go } };
}

function pythonReason() {
  return DEBIAN_PACKAGES.python.isThere() ? undefined : 'Python 3 with venv is missing (Debian and Ubuntu: python3-venv)';
}

function javaReason() {
  const missing = ['javac', 'mvn'].filter((program) => findProgram(program) === undefined);
  return missing.length === 0 ? undefined : `not on the PATH: ${missing.join(', ')} (Debian and Ubuntu: ${DEBIAN_PACKAGES.java.packages.join(', ')})`;
}

function goReason() {
  if (findProgram('go') === undefined) {
    return `not on the PATH: go (1.${OLDEST_GO_MINOR} or later, from https://go.dev/dl; the packages of Debian and Ubuntu are too old)`;
  }
  const version = run('go', ['env', 'GOVERSION']).trim();
  const minor = Number(/^go1\.(\d+)/.exec(version)?.[1] ?? Infinity);
  return minor < OLDEST_GO_MINOR ? `${version} is older than go1.${OLDEST_GO_MINOR}: see https://go.dev/dl` : undefined;
}
