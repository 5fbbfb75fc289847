import type { StoryKind } from './witness';
import { AlertHistory } from '../deephaven/alert-history';

/** The names of the secrets of the webhook in examples/deephaven. */
const URL_NAME = 'alert-history/webhook/0';
const TOKEN_NAME = `${URL_NAME}/credentials`;

/** The history of alerts in Deephaven, or in a file on a machine without it. */
export const DEEPHAVEN_STORY: StoryKind = {
  example: 'examples/deephaven/app.ts',
  open: async (pipeline) => {
    const token = 'placeholder-token';
    const history = await AlertHistory.start(pipeline.processes, { directory: pipeline.directory, token });
    pipeline.putSecretValues({ [URL_NAME]: history.url, [TOKEN_NAME]: token });
    return {
      name: 'the alert history',
      place: history.place,
      describe: async (status) => {
        const row = (await history.rows()).find(({ Status }) => Status === status);
        return row && [
          `${row.Name} ${row.Status}`,
          `  time      ${new Date(Number(row.Time / 1_000_000n)).toISOString()}`,
          `  job       ${row.Job}`,
          `  instance  ${row.Instance}`,
        ].join('\n');
      },
    };
  },
};
