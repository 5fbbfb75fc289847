#!/usr/bin/env node
// All checks of the repository: what `npm test` runs after the setup, and what continuous integration runs.
//
// A failed step does not stop the steps after it, unless they need its output, so one run reports all failures. The last line is
// `N passed, N failed`: the tests that Jest ran, and one for each of the other steps. A step that says why it cannot run here is skipped, and
// counts as neither.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { BUNDLES } from './setup/bundles.mjs';

const JEST_REPORT = 'test-reports/jest.json';

/** The whole check must end within 30 minutes. Where it is slow, two clones are compared by a job of the workflow alone (docs/decisions/0093). */
const MAX_MINUTES_BEFORE_REPRODUCIBLE = 20;

const STEPS = [
  {
    name: 'generated files',
    what: 'the committed files are what projen generates',
    run: async (say) => {
      await command(['npx', '--no-install', 'projen', 'default'], { env: { PROJEN_DISABLE_POST: 'true' }, say });
      await unchanged(['package.json', '.projen', 'tsconfig.json', 'tsconfig.dev.json', '.eslintrc.json', 'jest.config.json', '.npmignore', '.gitignore', '.gitattributes', '.github'], say);
    },
  },
  {
    name: 'changelog',
    what: 'CHANGELOG.md has every feature and fix up to its newest entry (needs the history of commits)',
    run: (say) => command(['node', 'tools/release/changelog.mjs', '--check'], { say, show: true, skippedCode: 3 }),
  },
  {
    name: 'bundle',
    what: 'the functions, minified for Node.js 24',
    run: async (say) => {
      await command(['npx', '--no-install', 'projen', 'bundle'], { say });
      for (const bundle of BUNDLES) {
        console.log(`    ${bundle}: ${Math.round(statSync(bundle).size / 1024)} KiB`);
      }
    },
  },
  {
    name: 'shipped',
    what: 'third-party code that ships has the listed versions and allowed licenses',
    run: (say) => command(['node', 'tools/library/shipped.mjs'], { say, show: true }),
  },
  {
    name: 'compile',
    what: 'the construct library, by jsii',
    needs: ['bundle'],
    run: (say) => command(['npx', '--no-install', 'projen', 'compile'], { say }),
  },
  {
    name: 'types',
    what: 'tests, functions, sandbox and examples, by the TypeScript compiler',
    run: (say) => command(['npx', '--no-install', 'tsc', '--noEmit', '-p', 'tsconfig.dev.json'], { say }),
  },
  {
    name: 'lint',
    what: 'code style and import restrictions',
    run: (say) => command(
      ['npx', '--no-install', 'eslint', '--ext', '.ts', '--no-error-on-unmatched-pattern', 'src', 'lambda', 'test', 'integ', 'sandbox', 'examples', 'bench', '.projenrc.ts'],
      { env: { ESLINT_USE_FLAT_CONFIG: 'false', NODE_NO_WARNINGS: '1' }, say },
    ),
  },
  {
    name: 'prose',
    what: 'spelling, and words to avoid in pages, comments, and messages',
    run: (say) => command(['node', 'tools/check-prose.mjs'], { say }),
  },
  {
    name: 'api',
    what: 'API.md is the one of this code',
    needs: ['compile'],
    run: async (say) => {
      await command(['npx', '--no-install', 'projen', 'docgen'], { say });
      await unchanged(['API.md'], say);
    },
  },
  {
    name: 'compatibility',
    what: 'the API breaks nothing that the last release has, but for listed exceptions',
    needs: ['compile'],
    run: (say) => command(['node', 'tools/api/compat.mjs'], { say, show: true }),
  },
  {
    name: 'snippets',
    what: 'every TypeScript snippet of README, docs and docstrings compiles',
    needs: ['compile'],
    run: (say) => command(['node', 'tools/check-snippets.mjs'], { say }),
  },
  {
    name: 'integ',
    what: 'the snapshots of the integration tests, offline',
    needs: ['bundle'],
    run: (say) => command(['npx', '--no-install', 'projen', 'integ:verify'], { say }),
  },
  {
    name: 'engine',
    what: "the committed verdicts are those of AMP's engine (needs Go; asks about a sample)",
    run: (say) => command(['node', 'tools/run.mjs', 'test/engine/update.ts', '--check'], {
      say, show: true, skippedCode: 3, failure: 'test/engine/tables is outdated: run `npm run engine:update` and commit what it wrote',
    }),
  },
  {
    name: 'tests',
    what: 'Jest: units, properties, real Prometheus and Alertmanager, the sandbox, the packed package',
    needs: ['bundle', 'compile', 'snippets'],
    run: (say) => {
      rmSync(JEST_REPORT, { force: true });
      mkdirSync('test-reports', { recursive: true });
      return command(['npx', '--no-install', 'jest', '--ci', '--json', `--outputFile=${JEST_REPORT}`], { say, show: true });
    },
  },
  {
    name: 'packages',
    what: 'the packages of all languages, installed in applications that synthesize the same templates',
    needs: ['bundle', 'compile', 'snippets'],
    run: async (say) => {
      await command(['node', 'tools/packages/build.mjs'], { say, show: true });
      await command(['node', 'tools/packages/main.mjs'], { say, show: true });
    },
  },
  {
    name: 'reproducible',
    what: 'a clone in another folder builds the same bytes (needs a tree without uncommitted changes)',
    needs: ['bundle', 'compile', 'snippets'],
    minutesBefore: MAX_MINUTES_BEFORE_REPRODUCIBLE,
    run: (say) => command(['node', 'tools/packages/reproducible.mjs', '--with-tree'], { say, show: true, skippedCode: 3 }),
  },
];

const { values } = parseArgs({
  options: {
    'help': { type: 'boolean', short: 'h' },
    'only': { type: 'string', multiple: true },
    'verbose': { type: 'boolean', short: 'v' },
  },
});

if (values.help) {
  console.log('usage: node tools/check.mjs [--only STEP]… [--verbose]\n\nRuns the whole check of the repository:\n');
  for (const step of STEPS) {
    console.log(`  ${step.name.padEnd(16)} ${step.what}`);
  }
  console.log('\nExit code 0 if everything passed. The last line is `N passed, N failed`.');
  process.exit(0);
}

const unknown = (values.only ?? []).filter((name) => !STEPS.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(`no such step: ${unknown.join(', ')}; there are ${STEPS.map((step) => step.name).join(', ')}`);
  process.exit(2);
}

/** Thrown when a program ends with the exit code that means that it cannot run on this machine. */
class Skipped extends Error {}

await main(values.only ? STEPS.filter((step) => values.only.includes(step.name)) : STEPS);

async function main(steps) {
  const failed = new Set();
  const skipped = [];
  let passedCount = 0;
  let failedCount = 0;
  const startOfCheck = Date.now();
  for (const step of steps) {
    const minutes = (Date.now() - startOfCheck) / 60_000;
    if (minutes > (step.minutesBefore ?? Infinity)) {
      console.log(`- ${step.name} skipped: the steps before it took ${minutes.toFixed(0)} minutes; \`node tools/check.mjs --only ${step.name}\` runs it`);
      skipped.push(step.name);
      continue;
    }
    const missing = (step.needs ?? []).filter((name) => failed.has(name));
    if (missing.length > 0) {
      console.log(`✖ ${step.name}: not run, because ${missing.join(' and ')} failed`);
      failed.add(step.name);
      failedCount += 1;
      continue;
    }
    const output = [];
    const started = Date.now();
    console.log(`• ${step.name}: ${step.what}`);
    let error;
    try {
      await step.run((text) => (values.verbose ? process.stdout.write(text) : output.push(text)));
    } catch (thrown) {
      error = thrown;
    }
    const seconds = `${((Date.now() - started) / 1000).toFixed(1)} s`;
    const counts = step.name === 'tests' ? jestCounts() : undefined;
    if (error instanceof Skipped) {
      skipped.push(step.name);
      console.log(`- ${step.name} skipped (${seconds})`);
      continue;
    }
    passedCount += counts ? counts.passed : error ? 0 : 1;
    failedCount += counts ? Math.max(counts.failed, error ? 1 : 0) : error ? 1 : 0;
    if (error) {
      failed.add(step.name);
      process.stdout.write(output.join(''));
      console.log(`✖ ${step.name} failed after ${seconds}: ${error.message}`);
    } else {
      console.log(`✔ ${step.name} (${seconds})`);
    }
  }
  console.log(failed.size > 0 ? `\nfailed: ${[...failed].join(', ')}` : '\nall is well');
  console.log(skipped.length > 0 ? `skipped: ${skipped.join(', ')}\n` : '');
  console.log(`${passedCount} passed, ${failedCount} failed`);
  process.exitCode = failedCount > 0 ? 1 : 0;
}

/** Tests as Jest counted them; a suite that did not even start counts as one that failed. */
function jestCounts() {
  if (!existsSync(JEST_REPORT)) {
    return undefined;
  }
  const report = JSON.parse(readFileSync(JEST_REPORT, 'utf8'));
  return { passed: report.numPassedTests, failed: report.numFailedTests + report.numRuntimeErrorTestSuites };
}

/** Fails when a file differs from what is committed. Outside a git checkout there is nothing to compare with. */
async function unchanged(paths, say) {
  if (existsSync('.git')) {
    await command(['git', 'diff', '--exit-code', '--', ...paths], { say, failure: `${paths.join(', ')} changed: commit what the generator wrote` });
  }
}

function command([program, ...args], { env = {}, say, show = false, skippedCode, failure }) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { ...process.env, FORCE_COLOR: '0', JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '1', ...env },
      stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
    });
    child.stdout?.on('data', (data) => say(String(data)));
    child.stderr?.on('data', (data) => say(String(data)));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) {
        resolve();
      } else if (skippedCode !== undefined && code === skippedCode) {
        reject(new Skipped());
      } else {
        reject(new Error(failure ?? `${program} ${args.join(' ')} ended with ${signal ?? `exit code ${code}`}`));
      }
    });
  });
}
