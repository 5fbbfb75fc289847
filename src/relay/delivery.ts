import { Construct } from 'constructs';
import { checkRelayOptions } from './check-relay-options';
import type { DeliveryContext } from './delivery-context';
import { Relay } from './relay';
import { RelayOptions } from './relay-options';
import { Finding } from '../findings/finding';

/** How notifications get from AMP to PagerDuty. */
export class Delivery {
  /**
   * Through an SNS topic, a function that makes PagerDuty events of notifications, a FIFO queue, and a function that
   * delivers them: in order per incident, and tried again for as long as PagerDuty takes none.
   *
   * @param options settings of the relay, each with a default.
   */
  public static relay(options: RelayOptions = {}): Delivery {
    return new Delivery(options);
  }

  private readonly options: RelayOptions;

  private constructor(options: RelayOptions) {
    this.options = options;
  }

  /**
   * What is wrong with the settings.
   *
   * @internal
   */
  public _validate(scope: Construct): Finding[] {
    return checkRelayOptions(this.options, scope);
  }

  /**
   * Creates what delivers.
   *
   * @internal
   */
  public _bind(scope: Construct, context: DeliveryContext): Relay {
    return new Relay(scope, 'Relay', { ...context, options: this.options });
  }
}
