// Runs the programs of other languages: bounded in time, with their output kept for the error, and again when a download failed.
import { spawn } from 'node:child_process';

const MINUTE_MS = 60_000;
const MAX_OUTPUT_CHARACTERS = 6_000;

/** A command ended with another exit code than expected. The message contains the end of its output. */
export class CommandError extends Error {}

/**
 * Runs a command without a shell and returns what it printed.
 *
 * @param {readonly string[]} command program and arguments
 * @param {{ cwd?: string, env?: Record<string, string>, minutes?: number, expectFailure?: boolean, attempts?: number }} options
 * `expectFailure`: the command must fail. `attempts`: for commands that download.
 */
export async function run(command, { attempts = 1, ...options } = {}) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runOnce(command, options);
    } catch (error) {
      if (!(error instanceof CommandError) || attempt >= attempts) {
        throw error;
      }
      console.log(`  ${command[0]} failed (attempt ${attempt} of ${attempts}); retrying: ${error.message.split('\n').at(-1)}`);
      await new Promise((resolve) => setTimeout(resolve, 5_000 * attempt));
    }
  }
}

function runOnce([program, ...args], { cwd, env = {}, minutes = 10, expectFailure = false }) {
  return new Promise((resolve, reject) => {
    // A group of its own, so that the children of a program that takes too long end with it.
    const child = spawn(program, args, { cwd, env: { ...process.env, NO_COLOR: '1', ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const stdout = [];
    const stderr = [];
    child.stdout.on('data', (data) => stdout.push(data));
    child.stderr.on('data', (data) => stderr.push(data));
    const timer = setTimeout(() => {
      stderr.push(Buffer.from(`\nstopped after ${minutes} minutes`));
      process.kill(-child.pid, 'SIGKILL');
    }, minutes * MINUTE_MS);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(new CommandError(`${program} did not start: ${error.message}`));
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const result = { stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString(), code };
      if ((code === 0) !== expectFailure && signal === null) {
        resolve(result);
        return;
      }
      const output = `${result.stdout}${result.stderr}`.trim().slice(-MAX_OUTPUT_CHARACTERS);
      reject(new CommandError(`${[program, ...args].join(' ')} ended with ${signal ?? `exit code ${code}`}\n${output}`));
    });
  });
}
