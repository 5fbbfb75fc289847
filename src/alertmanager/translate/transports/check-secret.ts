import type { FindingReporter } from '../../../findings/reporter';
import type { ConfigPath } from '../../model';
import { REDACTED, type NamedSecret } from '../secret-names';

/**
 * Secrets that need a person.
 *
 * @param keyNames the names of the routing keys in the secret.
 */
export function checkSecret(
  { name, field, value, file }: NamedSecret, path: ConfigPath, keyNames: readonly string[], reporter: FindingReporter,
): void {
  if (value === REDACTED) {
    reporter.error(path, {
      code: 'secret-redacted',
      message: `${field} is "${REDACTED}", which Alertmanager prints instead of a secret`,
      fix: 'use the original alertmanager.yml',
    });
  } else if (value === undefined && file !== undefined) {
    reporter.warning(path, {
      code: 'secret-file',
      message: `AMP cannot read the file "${file}"`,
      fix: `put the content of the file into the secret, under the name ${JSON.stringify(name)}, and acknowledge this`,
    });
  }
  if (keyNames.includes(name)) {
    reporter.error(path, {
      code: 'secret-name-taken',
      message: `the name ${JSON.stringify(name)} in the secret would stand for a routing key as well`,
      fix: 'rename the receiver that has this name',
    });
  }
}
