// Ends the processes of the sandbox when the sandbox itself is gone without having done so: killed with SIGKILL, out of
// memory, crashed. It reads `+<process id>` and `-<process id>` lines from the sandbox; the end of that pipe is the sign.
// Without a `.` line before, the directory that was given is removed as well: nobody else will.
// It runs in its own session, so that neither Ctrl-C nor a signal to the sandbox's process group reaches it.
const fs = require('node:fs');

const directory = process.argv[2];
const running = new Set();
let unread = '';
let isOrderly = false;

process.stdin.setEncoding('utf8');
process.stdin.on('data', (text) => {
  const lines = (unread + text).split('\n');
  unread = lines.pop();
  for (const line of lines) {
    const id = Number(line.slice(1));
    if (line === '.') {
      isOrderly = true;
    } else if (line[0] === '+') {
      running.add(id);
    } else {
      running.delete(id);
    }
  }
});
process.stdin.on('close', () => {
  for (const id of running) {
    try {
      process.kill(id, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
  if (!isOrderly && directory) {
    fs.rmSync(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
  process.exit(0);
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => undefined);
}
