/** Shorter than the construct's default of a day, so that a run can outlast it without thousands of retries. */
export const RETRY_WINDOW_SECONDS = 3600;
