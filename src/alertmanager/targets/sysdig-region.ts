import type { SysdigEndpoint } from '../../contract/sysdig';
import { SYSDIG_EVENTS_PATH } from '../../contract/sysdig';
import { presentOptions } from '../../findings/present-options';

/** Settings of {@link SysdigRegion.ibm}. */
export interface IbmCloudMonitoringOptions {
  /** The location of the instance, for example `us-south` or `eu-de`. */
  readonly location: string;

  /** The GUID of the instance of IBM Cloud Monitoring. */
  readonly instanceId: string;

  /**
   * The id of the team whose events these are.
   *
   * @default - the default team of the instance
   */
  readonly teamId?: string;
}

/**
 * The region of Sysdig Monitor that events are sent to. Choose the region in which your Sysdig account was created: it is part of the
 * address of the user interface.
 *
 * @see https://docs.sysdig.com/en/developer-tools/sysdig-api/
 */
export class SysdigRegion {
  /** Accounts whose user interface is at `app.sysdigcloud.com`. */
  public static readonly US1 = new SysdigRegion('us1', 'https://app.sysdigcloud.com');

  /** Accounts whose user interface is at `us2.app.sysdig.com`. */
  public static readonly US2 = new SysdigRegion('us2', 'https://us2.app.sysdig.com');

  /** Accounts whose user interface is at `app.us3.sysdig.com`. */
  public static readonly US3 = new SysdigRegion('us3', 'https://app.us3.sysdig.com');

  /** Accounts whose user interface is at `app.us4.sysdig.com`. */
  public static readonly US4 = new SysdigRegion('us4', 'https://app.us4.sysdig.com');

  /** Accounts whose user interface is at `eu1.app.sysdig.com`. */
  public static readonly EU1 = new SysdigRegion('eu1', 'https://eu1.app.sysdig.com');

  /** Accounts whose user interface is at `app.eu2.sysdig.com`. */
  public static readonly EU2 = new SysdigRegion('eu2', 'https://app.eu2.sysdig.com');

  /** Accounts whose user interface is at `app.au1.sysdig.com`. */
  public static readonly AU1 = new SysdigRegion('au1', 'https://app.au1.sysdig.com');

  /** Accounts whose user interface is at `app.in1.sysdig.com`. */
  public static readonly IN1 = new SysdigRegion('in1', 'https://app.in1.sysdig.com');

  /** Accounts whose user interface is at `app.me2.sysdig.com`. */
  public static readonly ME2 = new SysdigRegion('me2', 'https://app.me2.sysdig.com');

  /** Accounts whose user interface is at `app.jp1.sysdig.com`. */
  public static readonly JP1 = new SysdigRegion('jp1', 'https://app.jp1.sysdig.com');

  /**
   * IBM Cloud Monitoring, with IAM authentication: the entry in the secret is an API key of IBM Cloud, which the notify function exchanges
   * for an access token. Only public endpoints can be used, because AWS has no route to the private ones.
   *
   * With the Monitor API token of a team instead of an API key, use {@link endpoint}, for example with
   * `https://us-south.monitoring.cloud.ibm.com`.
   *
   * @param options - location and instance
   * @see https://cloud.ibm.com/docs/monitoring?topic=monitoring-mon-curl
   */
  public static ibm(options: IbmCloudMonitoringOptions): SysdigRegion {
    const { location } = presentOptions(options);
    return new SysdigRegion(`ibm-${location}`, `https://${location}.monitoring.cloud.ibm.com`, presentOptions(options));
  }

  /**
   * Your own installation of Sysdig. The URL must start with `https://`, because the token is sent to it; anything else fails synthesis.
   * A private address needs `vpc` in the `notify` option of {@link Delivery.relay}.
   *
   * @param url - the URL of the user interface, without a path, for example `https://sysdig.example.com`
   */
  public static endpoint(url: string): SysdigRegion {
    return new SysdigRegion('custom', url);
  }

  /** The URL of the API, without a path. */
  public readonly url: string;

  /**
   * The name of this endpoint in messages.
   *
   * @internal
   */
  public readonly _name: string;

  /**
   * Settings of IBM Cloud, if the region is there.
   *
   * @internal
   */
  public readonly _ibm?: IbmCloudMonitoringOptions;

  private constructor(name: string, url: string, ibm?: IbmCloudMonitoringOptions) {
    this._name = name;
    this.url = url;
    this._ibm = ibm;
  }

  /**
   * What the notify function needs to know. The URL is one that `checkSysdigRegion` has nothing to say about.
   *
   * @internal
   */
  public _endpoint(): SysdigEndpoint {
    const ibm = this._ibm;
    return {
      url: `${this.url.replace(/\/+$/, '')}${SYSDIG_EVENTS_PATH}`,
      ...(ibm && {
        ibm: { tokenUrl: IBM_TOKEN_URL, instanceId: ibm.instanceId, ...(ibm.teamId !== undefined && { teamId: ibm.teamId }) },
      }),
    };
  }
}

const IBM_TOKEN_URL = 'https://iam.cloud.ibm.com/identity/token';
