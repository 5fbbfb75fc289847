import type { awscdk } from 'projen';
import { GithubWorkflow, workflows } from 'projen/lib/github';

/** What each job of our own starts with. */
const CHECKOUT: workflows.JobStep = { name: 'Checkout', uses: 'actions/checkout@v4', with: { 'fetch-depth': 0 } };

const setupNode = (version: string): workflows.JobStep => ({ name: 'Setup Node.js', uses: 'actions/setup-node@v4', with: { 'node-version': version } });

/** The languages of the packages. Their versions are the lowest that consumers are likely to have. */
const LANGUAGES: workflows.JobStep[] = [
  { name: 'Setup Python', uses: 'actions/setup-python@v5', with: { 'python-version': '3.11' } },
  { name: 'Setup Java', uses: 'actions/setup-java@v4', with: { 'distribution': 'temurin', 'java-version': '17' } },
  { name: 'Setup Go', uses: 'actions/setup-go@v5', with: { 'go-version': 'stable' } },
];

/** The same command as on a developer's machine, on every version of Node.js that the package supports. */
export function addCheckWorkflow(project: awscdk.AwsCdkConstructLibrary): void {
  const workflow = new GithubWorkflow(project.github!, 'check');
  workflow.on({ pullRequest: {}, push: { branches: ['main'] }, workflowDispatch: {} });
  workflow.addJob('check', {
    name: 'Check on Node.js ${{ matrix.node }}',
    runsOn: ['ubuntu-24.04'],
    timeoutMinutes: 60,
    permissions: { contents: workflows.JobPermission.READ },
    strategy: { failFast: false, matrix: { domain: { node: ['20', '22', '24'] } } },
    steps: [CHECKOUT, setupNode('${{ matrix.node }}'), ...LANGUAGES, { name: 'Check', run: 'npm test' }],
  });
  workflow.addJob('packages', {
    name: 'Packages, every combination',
    runsOn: ['ubuntu-24.04'],
    timeoutMinutes: 60,
    permissions: { contents: workflows.JobPermission.READ },
    steps: [
      CHECKOUT, setupNode('24'), ...LANGUAGES,
      { name: 'Setup .NET', uses: 'actions/setup-dotnet@v4', with: { 'dotnet-version': '8.x' } },
      { name: 'Install and compare', run: 'npm run test:packages -- --all' },
    ],
  });
  workflow.addJob('reproducible', {
    name: 'Same bytes from two clones',
    runsOn: ['ubuntu-24.04'],
    timeoutMinutes: 60,
    permissions: { contents: workflows.JobPermission.READ },
    steps: [CHECKOUT, setupNode('24'), { name: 'Build twice', run: 'npm ci && npm run test:reproducible' }],
  });
}

/** Advisories of what ships: nothing is a dependency, so the bundled packages are audited by their versions. */
export const AUDIT: workflows.JobStep = {
  name: 'Audit what ships',
  run: 'npm audit --omit=dev && node tools/library/audit.mjs',
};
