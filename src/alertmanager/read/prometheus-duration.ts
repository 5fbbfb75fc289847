import type { Diagnostic } from '../../findings/diagnostic';
import { DURATION_SYNTAX, parseDuration } from '../../prometheus/duration';

export function checkDuration(text: string): Diagnostic | undefined {
  if (parseDuration(text) !== undefined) {
    return undefined;
  }
  return {
    code: 'config-invalid-duration',
    message: `${JSON.stringify(text.slice(0, 60))} is not a duration`,
    fix: `write ${DURATION_SYNTAX}, and no fractions`,
  };
}

export function checkNonZeroDuration(text: string): Diagnostic | undefined {
  const problem = checkDuration(text);
  if (problem !== undefined || parseDuration(text) !== 0) {
    return problem;
  }
  return { code: 'config-invalid-duration', message: 'the duration must not be 0', fix: 'write a duration above 0, such as 5m, or leave the field out' };
}
