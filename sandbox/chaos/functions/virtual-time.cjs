// Preloaded into the process of a function. Replaces the clock, the timers, and chance by those of the simulation, and reports to it
// after each step which requests the function has made and which timers it has set. The function itself is the deployed bundle.
const http = require('node:http');
const net = require('node:net');

const RealDate = Date;
let now = Number(process.env.CHAOS_NOW);
const startedAt = now;

globalThis.Date = class Date extends RealDate {
  constructor(...args) {
    super(...(args.length === 0 ? [now] : args));
  }

  static now() {
    return now;
  }
};
performance.now = () => now - startedAt;

// The minimal standard generator (Lehmer).
let chance = (Number(process.env.CHAOS_SEED) % 2147483646) + 1;
Math.random = () => {
  chance = (chance * 48271) % 2147483647;
  return (chance - 1) / 2147483646;
};

/** Grows with everything that the function does: when it stands still, the function waits. */
let activity = 0;
let requests = 0;
let timerCount = 0;
const timers = new Map();
const closed = new Set();
let unreported = [];

globalThis.setTimeout = (callback, milliseconds = 0, ...args) => {
  activity++;
  const id = ++timerCount;
  const timer = {
    id,
    at: now + Math.max(1, Math.ceil(Number(milliseconds) || 0)),
    run: () => callback(...args),
    ref: () => timer,
    unref: () => timer,
    hasRef: () => true,
    [Symbol.toPrimitive]: () => id,
  };
  timers.set(id, timer);
  return timer;
};
globalThis.clearTimeout = (timer) => {
  timers.delete(typeof timer === 'object' && timer !== null ? timer.id : Number(timer));
};

const request = http.request;
http.request = (...args) => {
  activity++;
  const number = ++requests;
  const outgoing = request(...args);
  outgoing.setHeader('x-chaos-request', `${process.env.CHAOS_INSTANCE} ${number}`);
  const emit = outgoing.emit;
  // Watched without a listener: a listener for `upgrade` would change how Node.js treats a 101.
  outgoing.emit = function (event, ...details) {
    // The answer can arrive before the message about the step: it brings the time itself.
    if (event === 'response') now = Number(details[0].headers['x-chaos-now'] ?? now);
    const result = emit.call(this, event, ...details);
    if ((event === 'close' || event === 'upgrade') && !closed.has(number)) {
      activity++;
      closed.add(number);
      unreported.push(number);
    }
    return result;
  };
  return outgoing;
};

/** The function waits when this many turns of the event loop have brought nothing. */
const QUIET_TURNS = 4;

function whenSettled(expectedClose, callback) {
  let quiet = 0;
  let before = activity;
  const look = () => {
    const isClosed = expectedClose === undefined || closed.has(expectedClose);
    quiet = isClosed && activity === before ? quiet + 1 : 0;
    before = activity;
    if (quiet >= QUIET_TURNS) callback();
    else setImmediate(look);
  };
  setImmediate(look);
}

const control = net.connect(Number(process.env.CHAOS_CONTROL_PORT), '127.0.0.1');
control.setNoDelay(true);
control.write(`${JSON.stringify({ instance: process.env.CHAOS_INSTANCE })}\n`);
control.on('error', () => process.exit(1));
control.on('close', () => process.exit(1));
let unfinished = '';
control.setEncoding('utf8');
control.on('data', (text) => {
  const lines = (unfinished + text).split('\n');
  unfinished = lines.pop();
  for (const line of lines) step(JSON.parse(line));
});

function step({ id, at, fire, closes }) {
  now = at;
  if (fire !== undefined) {
    const timer = timers.get(fire);
    timers.delete(fire);
    activity++;
    timer?.run();
  }
  whenSettled(closes, () => {
    const report = { id, requests, closed: unreported, timers: Array.from(timers.values(), (timer) => [timer.id, timer.at]) };
    unreported = [];
    control.write(`${JSON.stringify(report)}\n`);
  });
}
