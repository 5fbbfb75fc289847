import { SysdigOptions } from './sysdig-options';
import { presentOptions } from '../../findings/present-options';

/** A service that takes the notifications of a webhook receiver, in the place of the server that its `url` names. */
export class WebhookTarget {
  /**
   * Events of Sysdig Monitor (or of IBM Cloud Monitoring). Each notification becomes an event: annotations are its scope, labels are its
   * tags, and it has a severity from 0 to 7. A resolved notification is an event of its own. The notify function posts it to the API,
   * without a server in between, with the retries, the dead-letter queue, and the metrics of webhooks.
   *
   * For an event per alert, group the route of the receiver by all labels: `group_by: ['...']`.
   *
   * @param options - region, and what is special about your alerts
   * @see https://docs.sysdig.com/en/developer-tools/sysdig-api/
   */
  public static sysdig(options: SysdigOptions): WebhookTarget {
    return new WebhookTarget(presentOptions(options));
  }

  /** @internal */
  public readonly _sysdig: SysdigOptions;

  private constructor(sysdig: SysdigOptions) {
    this._sysdig = sysdig;
  }
}
