import type { awscdk } from 'projen';
import { JsonPatch } from 'projen';
import { ActionRefs, GithubWorkflow, workflows } from 'projen/lib/github';

/** The types of commits that titles of pull requests can have. Only `feat` and `fix` are in the changelog. */
export const TITLE_TYPES = ['feat', 'fix', 'perf', 'refactor', 'docs', 'test', 'style', 'build', 'ci', 'chore', 'revert'];

/** The first step of each job here. */
const CHECKOUT: workflows.JobStep = {
  name: 'Checkout', uses: ActionRefs.ACTIONS_CHECKOUT, with: { 'fetch-depth': 0, 'persist-credentials': false },
};

// References as projen reviews them: the hash of a commit, or a release that GitHub protects from changes ("immutable").
const setupNode = (version: string): workflows.JobStep => (
  { name: 'Setup Node.js', uses: ActionRefs.ACTIONS_SETUP_NODE, with: { 'node-version': version, 'package-manager-cache': false } });

/** The languages of the packages. Their versions are the lowest that consumers are likely to have. */
const LANGUAGES: workflows.JobStep[] = [
  { name: 'Setup Python', uses: ActionRefs.ACTIONS_SETUP_PYTHON, with: { 'python-version': '3.11' } },
  { name: 'Setup Java', uses: ActionRefs.ACTIONS_SETUP_JAVA, with: { 'distribution': 'temurin', 'java-version': '17' } },
  { name: 'Setup Go', uses: ActionRefs.ACTIONS_SETUP_GO, with: { 'go-version': 'stable', 'cache': false } },
];

/** The same command as on a developer's machine, on every version of Node.js that the package supports. */
export function addCheckWorkflow(project: awscdk.AwsCdkConstructLibrary): void {
  const workflow = new GithubWorkflow(project.github!, 'check');
  workflow.on({ pullRequest: {}, push: { branches: ['main'] }, workflowDispatch: {} });
  const job = (name: string, steps: workflows.JobStep[], strategy?: workflows.JobStrategy): workflows.Job => ({
    name, steps, strategy, runsOn: ['ubuntu-24.04'], timeoutMinutes: 60, permissions: { contents: workflows.JobPermission.READ },
  });
  workflow.addJob('check', job(
    'Check on Node.js ${{ matrix.node }}',
    [CHECKOUT, setupNode('${{ matrix.node }}'), ...LANGUAGES, { name: 'Check', run: 'npm test' }],
    { failFast: false, matrix: { domain: { node: ['20', '22', '24'] } } },
  ));
  workflow.addJob('packages', job('Packages, every combination', [
    CHECKOUT, setupNode('24'), ...LANGUAGES,
    { name: 'Setup .NET', uses: ActionRefs.ACTIONS_SETUP_DOTNET, with: { 'dotnet-version': '8.x' } },
    { name: 'Install and compare', run: 'npm run test:packages -- --all' },
  ]));
  workflow.addJob('reproducible', job(
    'Same bytes from two clones', [CHECKOUT, setupNode('24'), { name: 'Build twice', run: 'npm ci && npm run test:reproducible' }],
  ));
}

/** New counterexamples of the property tests are found at night, and not by the check of somebody who changed something else. */
export function addFuzzWorkflow(project: awscdk.AwsCdkConstructLibrary): void {
  const workflow = new GithubWorkflow(project.github!, 'fuzz');
  workflow.on({ schedule: [{ cron: '0 3 * * *' }], workflowDispatch: {} });
  workflow.addJob('fuzz', {
    name: 'Property tests with a new seed',
    runsOn: ['ubuntu-24.04'],
    timeoutMinutes: 120,
    permissions: { contents: workflows.JobPermission.READ },
    steps: [CHECKOUT, setupNode('20'), ...LANGUAGES, { name: 'Fuzz', run: 'npm run fuzz -- --factor 20' }],
  });
}

/**
 * Takes away the permissions that projen's jobs do not use: the build changes no branch, the release job only builds (one job for each registry
 * publishes, and the last one creates the tag), and the check of a title writes nothing.
 */
export function minimizePermissions(project: awscdk.AwsCdkConstructLibrary): void {
  const readOnly = (workflow: string, job: string, permission: string) => project.github!.tryFindWorkflow(workflow)!.file!
    .patch(JsonPatch.replace(`/jobs/${job}/permissions/${permission}`, 'read'));
  readOnly('build', 'build', 'contents');
  readOnly('release', 'release', 'contents');
  readOnly('pull-request-lint', 'validate', 'pull-requests');
}

/** Advisories of what ships: nothing is a dependency, so the bundled packages are audited by their versions. */
export const AUDIT: workflows.JobStep = {
  name: 'Audit what ships',
  run: 'npm audit --omit=dev && node tools/library/audit.mjs',
};
