import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { checkRelayOptions } from './check-relay-options';
import { addressPermissions } from './notify';
import { Relay, RelayContext } from './relay';
import { RelayOptions } from './relay-options';
import type { AddressPermission } from '../contract/queued-notification';
import { Finding } from '../findings/finding';
import { presentOptions } from '../findings/present-options';

/** The path that notifications take from AMP to PagerDuty. */
export class Delivery {
  /**
   * Delivers through the relay: an SNS topic, a function that converts notifications to PagerDuty events, a FIFO queue, and a
   * function that sends the events. Events of one incident are sent in order, and are retried while PagerDuty does not accept them.
   *
   * @param options - settings of the relay; each has a default
   */
  public static relay(options: RelayOptions = {}): Delivery {
    const { notify, ...others } = presentOptions(options);
    return new Delivery({ ...others, ...(notify !== undefined && { notify: presentOptions(notify) }) });
  }

  /**
   * The key that encrypts everything on the way.
   *
   * @internal
   */
  public get _encryptionKey(): kms.IKey | undefined {
    return this.options.encryptionKey;
  }

  private readonly options: RelayOptions;

  private constructor(options: RelayOptions) {
    this.options = options;
  }

  /**
   * Checks the settings.
   *
   * @internal
   */
  public _validate(scope: Construct): readonly Finding[] {
    return checkRelayOptions(this.options, scope);
  }

  /**
   * The severities, as templates print them, that are mapped to those of PagerDuty.
   *
   * @internal
   */
  public get _mappedSeverities(): string[] {
    return Object.keys(this.options.severities ?? {});
  }

  /**
   * The addresses besides public ones over HTTPS that notifications can be sent to.
   *
   * @internal
   */
  public get _notifyPermissions(): AddressPermission[] {
    return addressPermissions(this.options.notify ?? {});
  }

  /**
   * Creates the resources of the delivery.
   *
   * @internal
   */
  public _bind(scope: Construct, context: RelayContext): Relay {
    return Relay._create(scope, 'Relay', { ...context, options: this.options });
  }
}
