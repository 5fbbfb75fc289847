// The jar, in a Maven project.
import { cpSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { EXAMPLES_IN_ALL_LANGUAGES, outputOf, PACKAGE, REPOSITORY } from './scratch.mjs';
import { run } from './run.mjs';

const PLACE = path.join('io', 'github', 'cdk-amp-pagerduty', 'cdk-amp-pagerduty');

export async function javaJar(scratch, report) {
  await withJarInRepository(async () => {
    cpSync(path.join(scratch, 'wrong', 'java', 'WrongApp.java'), path.join(sources(scratch), 'WrongApp.java'));
    cpSync(path.join(scratch, 'wrong', 'alertmanager.yml'), path.join(scratch, 'examples', 'java', 'alertmanager.yml'));
    await maven(scratch, ['compile'], { attempts: 3 });
    report('Maven compiled the examples with the jar');
    for (const example of EXAMPLES_IN_ALL_LANGUAGES) {
      await maven(scratch, ['exec:java', `-Dexec.mainClass=com.example.alerting.${className(example)}`], {
        env: { CDK_OUTDIR: outputOf(scratch, 'java', example) }, attempts: 2,
      });
    }
    report(`${EXAMPLES_IN_ALL_LANGUAGES.length} examples synthesized`);
    const { stdout, stderr } = await maven(scratch, ['exec:java', '-Dexec.mainClass=com.example.alerting.WrongApp'], {
      env: { CDK_OUTDIR: path.join(scratch, 'wrong-java.out') }, expectFailure: true,
    });
    // Maven puts its own mark in front of each line of an exception.
    wrongOutput = (stdout + stderr).replace(/^\[ERROR\] /gm, '');
  });
}

let wrongOutput = '';

/** What the wrong app printed. It ran with the others, while the jar was in Maven's repository. */
export function wrongApp() {
  return wrongOutput;
}

/** The jar is where Maven would put it after a download, for as long as it is needed. */
async function withJarInRepository(action) {
  const installed = path.join(os.homedir(), '.m2', 'repository', PLACE, PACKAGE.version);
  rmSync(installed, { recursive: true, force: true });
  cpSync(path.join(REPOSITORY, 'dist', 'java', PLACE, PACKAGE.version), installed, { recursive: true });
  try {
    await action();
  } finally {
    rmSync(installed, { recursive: true, force: true });
  }
}

function maven(scratch, goals, options) {
  const project = path.join(scratch, 'examples', 'java');
  return run(['mvn', '--batch-mode', '--quiet', ...goals, `-Dcdk-amp-pagerduty.version=${PACKAGE.version}`], { ...options, cwd: project });
}

function sources(scratch) {
  return path.join(scratch, 'examples', 'java', 'src', 'main', 'java', 'com', 'example', 'alerting');
}

/** `node-exporter` is `NodeExporterApp`. */
function className(example) {
  return `${example.split('-').map((word) => word[0].toUpperCase() + word.slice(1)).join('')}App`;
}
