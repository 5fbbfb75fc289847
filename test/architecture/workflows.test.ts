import { readdirSync, readFileSync } from 'fs';
import { join, resolve } from 'path';
import { ActionRefs } from 'projen/lib/github';
import { parse } from 'yaml';

/** What runs with this repository's rights on GitHub. */
const WORKFLOWS = resolve(__dirname, '..', '..', '.github', 'workflows');

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: ReadonlyArray<{ readonly uses?: string; readonly run?: string }>;
}

const JOBS = readdirSync(WORKFLOWS).flatMap((file) => {
  const workflow = parse(readFileSync(join(WORKFLOWS, file), 'utf8')) as { readonly jobs: Readonly<Record<string, Job>> };
  return Object.entries(workflow.jobs).map(([name, job]): [string, Job] => [`${file.replace('.yml', '')}/${name}`, job]);
});

/** Releases that GitHub protects from changes, as projen states. Everything else needs the hash of a commit. */
const IMMUTABLE = new Set(Object.values(ActionRefs).map(String).filter((reference) => /@v\d+\.\d+\.\d+$/.test(reference)));

/** What a job writes, with the reason. */
const WRITES: Readonly<Record<string, readonly string[]>> = {
  // The tag and the release on GitHub.
  'release/release_github': ['contents', 'issues'],
  // Trusted publishing asks for a token of the registry; an issue says what failed.
  'release/release_npm': ['id-token', 'issues'],
  'release/release_pypi': ['id-token', 'issues'],
  'release/release_nuget': ['id-token', 'issues'],
  'release/release_maven': ['issues'],
  'release/release_golang': ['issues'],
};

test.each(JOBS)('%s uses actions that nobody can change', (_, { steps }) => {
  const references = steps.flatMap(({ uses }) => (uses === undefined ? [] : [uses]));
  expect(references.filter((reference) => !/@[0-9a-f]{40}$/.test(reference) && !IMMUTABLE.has(reference))).toEqual([]);
});

test.each(JOBS)('%s writes only what it needs', (name, { permissions }) => {
  expect(permissions).toBeDefined();
  const written = Object.entries(permissions!).filter(([, access]) => access !== 'read').map(([permission]) => permission).sort();
  expect(written).toEqual([...WRITES[name] ?? []].sort());
});

test.each(JOBS)('%s runs no program in the newest version of the day', (_, { steps }) => {
  expect(steps.flatMap(({ run }) => run ?? []).filter((run) => /@latest\b/.test(run))).toEqual([]);
});

test('the workflow "check" runs the command of the README, with the languages of the packages', () => {
  const { steps } = JOBS.find(([name]) => name === 'check/check')![1];
  expect(steps.map(({ run }) => run)).toContain('npm test');
  for (const action of ['node', 'python', 'java', 'go']) {
    expect(steps.map(({ uses }) => uses)).toContainEqual(expect.stringContaining(`actions/setup-${action}@`));
  }
});

describe('what a person must set up before the first release', () => {
  const page = readFileSync(join(WORKFLOWS, '..', '..', 'docs', 'releasing.md'), 'utf8');
  const files = (directory: string) => readdirSync(directory).map((file) => readFileSync(join(directory, file), 'utf8'));
  const inWorkflows = (pattern: RegExp) => [...new Set(files(WORKFLOWS).flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1])))];

  test('docs/releasing.md names every secret, but the one that GitHub creates', () => {
    const secrets = inWorkflows(/\bsecrets\.([A-Z_]+)/g).filter((name) => name !== 'GITHUB_TOKEN');
    expect(secrets.length).toBeGreaterThan(5);
    expect(secrets.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  test('docs/releasing.md names every label, without which issues cannot be opened or sorted', () => {
    const ofForms = files(join(WORKFLOWS, '..', 'ISSUE_TEMPLATE')).flatMap((text) => (parse(text) as { readonly labels?: string[] }).labels ?? []);
    const labels = [...inWorkflows(/--label "([^"]+)"/g), ...ofForms];
    expect(labels).toEqual(expect.arrayContaining(['failed-release', 'needs-triage']));
    expect(labels.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  test('docs/releasing.md names the team that CODEOWNERS asks, and the environment of the publishing jobs', () => {
    const owners = [...readFileSync(join(WORKFLOWS, '..', 'CODEOWNERS'), 'utf8').matchAll(/@[\w-]+\/([\w-]+)/g)].map((match) => match[1]);
    const environments = inWorkflows(/^ {4}environment: (\S+)/gm);
    expect(owners.length).toBeGreaterThan(0);
    expect(environments).toEqual(['release']);
    expect([...owners, ...environments].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });
});
