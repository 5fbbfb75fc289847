/** What the comparison's CDK app is made of; it gets this as JSON. */
export interface ParityAppOptions {
  /** Path of the `alertmanager.yml`. */
  readonly config: string;
  readonly templateDirectory?: string;
  readonly details?: 'text' | 'structured';
  /** The endpoint for configurations that name one which is not PagerDuty's. */
  readonly endpoint?: string;
}
