import { documentedReason, type EventPair } from './documented-differences';
import { diff } from '../diff';
import { absence, type Difference } from '../pair';

/** All fields in which the two events differ. */
export function compareEvents({ native, relayed }: EventPair): Difference[] {
  if (native === undefined || relayed === undefined) {
    return [absence(native)];
  }
  return diff(native, relayed).map((difference) => ({ ...difference, documented: documentedReason(difference, { native, relayed }) }));
}
