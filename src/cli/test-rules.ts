import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isScalar, isSeq, parseDocument } from 'yaml';
import { parsePromql } from './choose';
import { inCommandTerms } from './command-terms';
import { Console, ExitCode, UsageError } from './console';
import { readInput } from './read-input';
import { isError } from '../findings/finding';
import { formatFindings } from '../findings/format';
import { glob } from '../go/glob';
import type { PromqlVersion } from '../rules/promql-version';
import { RuleGroups } from '../rules/rule-groups';

const OPTIONS = { promtool: { type: 'string', default: 'promtool' }, promql: { type: 'string', default: 'cortex' } } as const;

/** How long promtool can take for one file. */
const MAX_RUN_MS = 300_000;

/** Runs promtool's unit tests against the rules as they are written into their namespaces. */
export function testRules(args: string[], console: Console): ExitCode {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  if (positionals.length === 0) {
    throw new UsageError('test needs a unit-test file of promtool');
  }
  const promql = parsePromql(values.promql);
  const codes = positionals.map((path) => testFile(path, values.promtool, promql, console));
  return codes.every((code) => code === ExitCode.OK) ? ExitCode.OK : ExitCode.FAILED;
}

function testFile(path: string, promtool: string, promql: PromqlVersion, console: Console): ExitCode {
  const name = path === '-' ? 'standard input' : path;
  const directory = path === '-' ? process.cwd() : dirname(resolve(path));
  let bytes: Buffer;
  try {
    bytes = readInput(path);
  } catch (error) {
    console.err(`cannot read ${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    return ExitCode.FAILED;
  }
  const document = parseDocument(bytes.toString('utf8'));
  const patterns = document.get('rule_files');
  if (document.errors.length > 0 || !isSeq(patterns)) {
    console.err(`${name} is not a unit-test file of promtool: ${document.errors[0]?.message.split('\n')[0] ?? 'it has no rule_files'}\n`);
    return ExitCode.FAILED;
  }
  const files = patterns.items.flatMap((item) => {
    const pattern = isScalar(item) ? String(item.value) : '';
    const found = glob(pattern, directory) ?? [];
    return found.length > 0 ? found : [join(directory, pattern)];
  });
  const namespaces = files.flatMap((file) => RuleGroups.fromFile(file, { promql })._read());
  const errors = namespaces.flatMap(({ findings }) => findings.filter(isError));
  if (errors.length > 0) {
    console.err(`${formatFindings(errors.map(inCommandTerms))}\n${name} is not tested: correct the rules first\n`);
    return ExitCode.FAILED;
  }
  const workspace = mkdtempSync(join(tmpdir(), 'cdk-amp-pagerduty-'));
  try {
    mkdirSync(join(workspace, 'namespaces'));
    const written = namespaces.map(({ data }, index) => {
      const file = join('namespaces', `${index + 1}.yml`);
      writeFileSync(join(workspace, file), data);
      return file;
    });
    document.set('rule_files', written);
    const test = join(workspace, basename(name));
    writeFileSync(test, document.toString());
    return runPromtool(promtool, test, name, console);
  } finally {
    rmSync(workspace, { recursive: true });
  }
}

function runPromtool(promtool: string, test: string, name: string, console: Console): ExitCode {
  const { status, stdout, stderr, error } = spawnSync(promtool, ['test', 'rules', test], { encoding: 'utf8', timeout: MAX_RUN_MS });
  if (error) {
    const isMissing = 'code' in error && error.code === 'ENOENT';
    console.err(isMissing
      ? 'promtool is not installed: it is part of Prometheus (https://prometheus.io/download/, or the package "prometheus" of Debian and Ubuntu, or '
        + '"brew install prometheus"); name another place with --promtool PATH\n'
      : `promtool failed: ${error.message}\n`);
    return ExitCode.FAILED;
  }
  console.out(stdout.replaceAll(test, name));
  console.err(stderr.replaceAll(test, name));
  return status === 0 ? ExitCode.OK : ExitCode.FAILED;
}
