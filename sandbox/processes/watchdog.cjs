// Ends the processes of the sandbox when the sandbox itself is gone without having done so: killed with SIGKILL, out of
// memory, crashed. It reads `+<process id>` and `-<process id>` lines from the sandbox; the end of that pipe is the sign.
// It runs in a session of its own, so that neither Ctrl-C nor a signal to the sandbox's process group reaches it.
const running = new Set();
let unread = '';

process.stdin.setEncoding('utf8');
process.stdin.on('data', (text) => {
  const lines = (unread + text).split('\n');
  unread = lines.pop();
  for (const line of lines) {
    const id = Number(line.slice(1));
    if (line[0] === '+') {
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
  process.exit(0);
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => undefined);
}
