import type { awscdk } from 'projen';
import { release } from 'projen';
import { UpgradeDependenciesSchedule } from 'projen/lib/javascript';
import { AUDIT } from './workflows';

/** How releases are made and where they go. docs/releasing.md is the page for the person who starts one. */
export const RELEASE_OPTIONS = {
  release: true,
  // A person starts each release: a library that pages people is not published by a merge.
  releaseTrigger: release.ReleaseTrigger.workflowDispatch(),
  releaseEnvironment: 'release',
  releaseFailureIssue: true,
  postBuildSteps: [AUDIT],
  nextVersionCommand: 'node tools/release/next-version.mjs',
  // 13 needs Node.js 22.
  bumpPackage: 'commit-and-tag-version@12.7.3',
  // What uploads to the registries: the newest of the day could not be reviewed.
  jsiiReleaseVersion: '0.2.1061',
  depsUpgrade: true,
  depsUpgradeOptions: { workflowOptions: { schedule: UpgradeDependenciesSchedule.WEEKLY }, cooldown: 5 },

  // Trusted publishing: no registry token is stored, and npm and PyPI record from which commit and workflow a package came.
  npmTrustedPublishing: true,
  npmProvenance: true,
  publishToPypi: { distName: 'cdk-amp-pagerduty', module: 'cdk_amp_pagerduty', trustedPublishing: true },
  publishToMaven: {
    javaPackage: 'io.github.cdkamppagerduty',
    mavenGroupId: 'io.github.cdk-amp-pagerduty',
    mavenArtifactId: 'cdk-amp-pagerduty',
    mavenServerId: 'central-ossrh',
  },
  publishToNuget: { dotNetNamespace: 'CdkAmpPagerDuty', packageId: 'CdkAmpPagerDuty', trustedPublishing: true },
  publishToGo: { moduleName: 'github.com/cdk-amp-pagerduty/cdk-amp-pagerduty-go' },
} satisfies Partial<awscdk.AwsCdkConstructLibraryOptions>;

/** What a release does beyond projen's steps. */
export function addReleaseTasks(project: awscdk.AwsCdkConstructLibrary): void {
  const task = (name: string) => project.tasks.tryFind(name)!;
  task('bump').exec('node tools/release/changelog.mjs --bumped');
  // A release links the README to its version (tools/library/readme-links.mjs), and must leave the tree as it was.
  task('unbump').exec('node tools/library/readme-links.mjs');
  task('release').exec('node tools/release/changelog.mjs --check --complete');

  // Without the translated snippets, the packages of other languages show TypeScript labeled as Python, Java, or Go.
  for (const language of ['js', 'java', 'python', 'dotnet', 'go']) {
    task(`package:${language}`).reset(`jsii-pacmak -v --target ${language} --rosetta-unknown-snippets fail`);
  }

  project.setScript('changelog', 'node tools/release/changelog.mjs');
  project.setScript('release:dry-run', 'node tools/release/dry-run.mjs');
  project.setScript('test:reproducible', 'node tools/packages/reproducible.mjs');
}
