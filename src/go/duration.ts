/** Whether Go's `time.ParseDuration` takes the text: `300ms`, `-1.5h`, `2h45m`, `0`. */
export function parseGoDuration(text: string): boolean {
  if (/^[-+]?0$/.test(text)) {
    return true;
  }
  if (!/^[-+]?(?:(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(text)) {
    return false;
  }
  return nanoseconds(text) <= 2 ** 63;
}

const NANOSECONDS: { readonly [unit: string]: number } = {
  ns: 1, us: 1e3, µs: 1e3, μs: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9,
};

function nanoseconds(text: string): number {
  let sum = 0;
  for (const [, number, unit] of text.matchAll(/([0-9.]+)(ns|us|µs|μs|ms|s|m|h)/g)) {
    sum += Number(number) * NANOSECONDS[unit];
  }
  return sum;
}

/** The milliseconds of a duration that Go accepts, rounded up; a plain number counts nanoseconds. Negative ones count as 0. */
export function goDurationMilliseconds(text: string): number {
  const sum = /^[-+]?[0-9]+$/.test(text) ? Number(text) : nanoseconds(text);
  return text.startsWith('-') ? 0 : Math.ceil(sum / 1e6);
}
