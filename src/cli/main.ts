#!/usr/bin/env node
import { run } from './run';

if (require.main === module) {
  process.exitCode = run(process.argv.slice(2), {
    colors: process.stdout.isTTY && !process.env.NO_COLOR,
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
  });
}
