import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What is asked of the Go program in `tools/engine`: one text, read in one of the ways that it knows. */
export interface Request {
  readonly kind: 'config' | 'definition' | 'notify' | 'template' | 'rules' | 'namespace' | 'rule-template';
  readonly text: string;
  /** Template files by name, for a template. */
  readonly files?: { readonly [name: string]: string };
}

/** What it answers. */
export interface Answer {
  /** Why the text is refused, or fails; absent if it is accepted. */
  readonly error?: string;
  /** Of what is executed: one character for each sample notification, `1` where it fails. */
  readonly failures?: string;
  /** Of one template: what it prints for each sample notification. */
  readonly printed?: readonly string[];
}

/** A version of the libraries, and how it parses matchers and label names. */
export interface Judge {
  readonly program: 'cortex' | 'newest';
  readonly mode: 'classic' | 'utf8' | 'fallback';
}

const SOURCES = join(__dirname, '..', '..', 'tools', 'engine');
const CACHE = join(__dirname, '..', '..', 'node_modules', '.cache', 'engine');
const MAX_DOWNLOAD_MS = 300_000;
const BUILD_FLAGS = { cortex: [], newest: ['-modfile=newest.mod', '-tags=newest'] } as const;

/** Whether this machine has Go, so that the judges can be asked themselves. */
export function hasGo(): boolean {
  return spawnSync('go', ['version']).status === 0;
}

/** Why the program cannot be built here, if the modules that it needs are neither on this machine nor can be downloaded. */
export function missingModules(): string | undefined {
  const isBuilt = Object.keys(BUILD_FLAGS).every((program) => existsSync(binaryOf(program as Judge['program'])));
  const modFiles = isBuilt ? [] : ['go.mod', 'newest.mod'];
  const failed = modFiles.find((file) => spawnSync('go', ['mod', 'download', `-modfile=${file}`], { cwd: SOURCES, timeout: MAX_DOWNLOAD_MS }).status !== 0);
  return failed && `the Go modules of tools/engine/${failed} could not be downloaded`;
}

/** Asks a judge; builds it first if its sources have changed. */
export function ask({ program, mode }: Judge, requests: readonly Request[]): Answer[] {
  if (requests.length === 0) {
    return [];
  }
  const input = requests.map((request) => `${JSON.stringify(request)}\n`).join('');
  const { status, stdout, stderr, error } = spawnSync(build(program), [mode], { input, encoding: 'utf8', maxBuffer: 2 ** 29 });
  if (error || status !== 0) {
    throw error ?? new Error(`the engine ended with exit code ${status}: ${stderr.slice(0, 1000)}`);
  }
  const answers = stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as Answer);
  if (answers.length !== requests.length) {
    throw new Error(`the engine answered ${answers.length} of ${requests.length} requests`);
  }
  return answers;
}

/** Identifies the program: its sources and the versions of its libraries. */
export function sourcesHash(): string {
  const sources = readdirSync(SOURCES).sort().map((name) => [name, readFileSync(join(SOURCES, name), 'utf8')]);
  return createHash('sha256').update(JSON.stringify(sources)).digest('hex').slice(0, 16);
}

function build(program: Judge['program']): string {
  const binary = binaryOf(program);
  if (!existsSync(binary)) {
    mkdirSync(dirname(binary), { recursive: true });
    // Built beside and renamed: another process may be building, too.
    const built = `${binary}.${process.pid}`;
    const { status, stderr } = spawnSync('go', ['build', '-trimpath', '-buildvcs=false', ...BUILD_FLAGS[program], '-o', built, '.'], { cwd: SOURCES, encoding: 'utf8' });
    if (status !== 0) {
      throw new Error(`go build of tools/engine failed: ${stderr}`);
    }
    renameSync(built, binary);
  }
  return binary;
}

function binaryOf(program: Judge['program']): string {
  return join(CACHE, sourcesHash(), program);
}
