const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** Somebody wants this process to end. */
export interface Interruption {
  readonly reason: string;
  /** The exit code of an interrupted process. */
  readonly exitCode: number;
}

/**
 * Settles when this process is asked to end: by a signal, or because the process that started it is gone (npm and shells do
 * not always pass signals on). A second signal ends it at once; the watchdog then ends the children.
 */
export function interruption(): Promise<Interruption> {
  return new Promise((resolve) => {
    let isAsked = false;
    for (const [signal, exitCode] of Object.entries(SIGNALS)) {
      process.on(signal, () => {
        if (isAsked) {
          process.exit(exitCode);
        }
        isAsked = true;
        resolve({ reason: signal, exitCode });
      });
    }
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) {
        resolve({ reason: 'the process that started the sandbox has ended', exitCode: SIGNALS.SIGHUP });
      }
    }, 500).unref();
  });
}
