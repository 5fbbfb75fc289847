import type { FindingReporter } from '../../../findings/reporter';
import type { ConfigPath } from '../../model';
import { REDACTED, type NamedSecret } from '../secret-names';
import { problemOfSecret } from '../secret-shape';

/** Reports secrets that need a person. */
export class SecretCheck {
  /** @param keyNames the names of the routing keys in the secret. */
  constructor(private readonly keyNames: readonly string[], private readonly reporter: FindingReporter) {}

  public check(secret: NamedSecret, path: ConfigPath): void {
    const { name, field, value, file } = secret;
    const problem = problemOfSecret(secret);
    if (value === REDACTED) {
      this.reporter.error(path, {
        code: 'secret-redacted',
        message: `${field} is "${REDACTED}", which Alertmanager prints instead of a secret`,
        fix: 'use the original alertmanager.yml',
      });
    } else if (problem !== undefined) {
      this.reporter.warning(path, {
        code: 'secret-implausible',
        message: `${field} ${problem}, and Alertmanager sends it as it is`,
        fix: `put the real value into the secret, under the name ${JSON.stringify(name)}, and acknowledge this`,
      });
    } else if (value === undefined && file !== undefined) {
      this.reporter.warning(path, {
        code: 'secret-file',
        message: `AMP cannot read the file "${file}"`,
        fix: `put the content of the file into the secret, under the name ${JSON.stringify(name)}, and acknowledge this`,
      });
    }
    if (this.keyNames.includes(name)) {
      this.reporter.error(path, {
        code: 'secret-name-taken',
        message: `the name ${JSON.stringify(name)} in the secret would stand for a routing key as well`,
        fix: 'rename the receiver that has this name',
      });
    }
  }
}
