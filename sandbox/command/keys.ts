import type { Stage } from '../story/stage';
import type { Timeline } from '../story/timeline';

export const KEYS = 's stops or starts the node exporter, o begins or ends an outage of PagerDuty, q quits';

/** Lets the user play with keys. Settles when the user quits; never without a terminal. */
export function playWithKeys({ exporter, pipeline }: Stage, timeline: Timeline): Promise<void> {
  if (!process.stdin.isTTY) {
    return new Promise(() => undefined);
  }
  return new Promise((resolve, reject) => {
    const toggleExporter = async (): Promise<void> => {
      const wasRunning = exporter.isRunning;
      await (wasRunning ? exporter.stop() : exporter.start());
      timeline.say(`the node exporter is ${wasRunning ? 'stopped' : 'started'}`);
    };
    const toggleOutage = (): void => {
      const isOut = pipeline.simulator.faultMode === 'none';
      pipeline.simulator.setFaultMode(isOut ? 'outage' : 'none');
      timeline.say(isOut ? 'PagerDuty answers 503 from now on' : 'PagerDuty answers as usual again');
    };
    // In raw mode Ctrl-C is a character.
    process.stdin.setRawMode(true).resume().on('data', (data) => {
      switch (data.toString()) {
        case 's': toggleExporter().catch(reject); break;
        case 'o': toggleOutage(); break;
        case 'q': case '\u0003': case '\u0004': resolve(); break;
      }
    });
  });
}

/** Gives the terminal back. */
export function stopKeys(): void {
  if (process.stdin.isTTY) {
    process.stdin.setRawMode(false);
  }
  process.stdin.pause();
}
