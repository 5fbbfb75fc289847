import { Finding, isError } from './finding';
import { formatFindings, sortFindings } from './format';
import { omitKernelStack } from './stack-in-other-languages';

/**
 * The error of this library: everything that is wrong with the input, at once.
 *
 * The message has it all. `findings` (one by one) and `code` (of the first error) are for programs; they are not enumerable, because
 * Node.js prints the enumerable properties of an uncaught error after its message.
 */
export class FindingsError extends Error {
  public declare readonly findings: readonly Finding[];
  public declare readonly code: string;

  /**
   * @param findings at least one finding with severity ERROR; warnings are printed as well.
   * @param constructPath the path of the construct that the findings belong to, if there is one yet.
   */
  constructor(findings: readonly Finding[], constructPath?: string) {
    const errors = findings.filter(isError);
    const where = constructPath ? `${constructPath}: ` : '';
    const count = errors.length === 1 ? '1 error' : `${errors.length} errors`;
    super(`${where}${count} in the alerting configuration\n${formatFindings(findings)}`);
    const properties = { name: 'AmpPagerDutyError', findings: sortFindings(findings), code: errors[0]?.code ?? findings[0].code };
    for (const [property, value] of Object.entries(properties)) {
      Object.defineProperty(this, property, { value, enumerable: false });
    }
    omitKernelStack(this);
  }
}

/** Throws if any of the findings is an error. */
export function throwOnErrors(findings: readonly Finding[], constructPath?: string): void {
  if (findings.some(isError)) {
    throw new FindingsError(findings, constructPath);
  }
}
