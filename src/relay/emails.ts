import { Arn, ArnFormat, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { Finding } from '../findings/finding';
import { FindingReporter } from '../findings/reporter';

/** Settings for mails through Amazon SES. */
export interface SesOptions {
  /**
   * The verified identity that mails are sent from: a domain, such as `example.com`, or an email address. It must cover the addresses
   * that `from` and `smtp_from` name in `alertmanager.yml`.
   *
   * @see https://docs.aws.amazon.com/ses/latest/dg/creating-identities.html
   */
  readonly identity: string;

  /**
   * The name of the configuration set that mails are sent with, for example for events about bounces.
   *
   * @default - the default configuration set of the identity, if it has one
   */
  readonly configurationSet?: string;

  /**
   * The Region in which the identity is verified.
   *
   * @default - the Region of the stack
   */
  readonly region?: string;
}

/** How the mails of `email_configs` are sent. */
export class Emails {
  /**
   * Sends mails through the mail server that `alertmanager.yml` names, as Alertmanager does. Choose it to keep the server, its
   * credentials, and its limits.
   *
   * AWS blocks port 25 for Lambda functions that are not in a VPC: use port 587 or 465.
   */
  public static throughSmarthost(): Emails {
    return new Emails();
  }

  /**
   * Sends mails through Amazon SES, with the permissions of the notify function. Choose it if your mail server is not reachable from AWS,
   * or if you do not want to keep a password. The server, its credentials, and its TLS settings in `alertmanager.yml` are not used.
   *
   * Amazon SES sets the headers `Date` and `Message-ID` itself, accepts up to 50 recipients per mail, and sends to verified addresses only
   * while your account is in its sandbox.
   *
   * @param options - the identity to send from, and further settings
   */
  public static throughSes(options: SesOptions): Emails {
    return new Emails(options);
  }

  private constructor(private readonly ses?: SesOptions) {}

  /**
   * The identity, if mails are sent through Amazon SES. Can be a token.
   *
   * @internal
   */
  public get _sesIdentity(): string | undefined {
    return this.ses?.identity;
  }

  /**
   * Checks the settings.
   *
   * @internal
   */
  public _validate(): readonly Finding[] {
    const reporter = FindingReporter.forProps();
    const { identity = 'x', configurationSet = 'x', region = 'x' } = this.ses ?? {};
    if (!Token.isUnresolved(identity) && !/^[^\s@<>:/]*@?[^\s@<>:/]+$/.test(identity)) {
      reporter.error('emails', {
        code: 'emails-identity-invalid',
        message: `the identity ${JSON.stringify(identity)} is neither a domain nor an email address`,
        fix: 'write the name of a verified identity, for example example.com; not its ARN',
      });
    }
    if (!Token.isUnresolved(configurationSet) && !/^[\w-]{1,64}$/.test(configurationSet)) {
      reporter.error('emails', {
        code: 'emails-configuration-set-invalid',
        message: `${JSON.stringify(configurationSet)} is not the name of a configuration set`,
        fix: 'write its name: 1 to 64 letters, digits, underscores, and hyphens',
      });
    }
    if (!Token.isUnresolved(region) && region !== 'x' && !/^[a-z]{2,4}(-[a-z]+)+-\d$/.test(region)) {
      reporter.error('emails', { code: 'emails-region-invalid', message: `${JSON.stringify(region)} is not a Region`, fix: 'write a Region such as eu-west-1' });
    }
    return reporter.findings;
  }

  /**
   * What the notify function needs to know.
   *
   * @internal
   */
  public _settings(scope: Construct): { readonly region: string; readonly configurationSet?: string } | undefined {
    return this.ses && { region: this.ses.region ?? Stack.of(scope).region, configurationSet: this.ses.configurationSet };
  }

  /**
   * Grants permission to send from the identity, and nothing else.
   *
   * @internal
   */
  public _grantSend(scope: Construct, grantee: iam.IGrantable): void {
    if (this.ses === undefined) {
      return;
    }
    const arnOf = (resource: string, resourceName: string): string => Arn.format({
      service: 'ses', region: this.ses?.region, resource, resourceName, arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    }, Stack.of(scope));
    const { identity, configurationSet } = this.ses;
    iam.Grant.addToPrincipal({
      grantee,
      // The second is what SES asks for when the content is a mail as it is.
      actions: ['ses:SendEmail', 'ses:SendRawEmail'],
      resourceArns: [arnOf('identity', identity), ...(configurationSet === undefined ? [] : [arnOf('configuration-set', configurationSet)])],
    });
  }
}
