import type { Diagnostic } from '../../findings/diagnostic';
import { isLabelName } from '../../prometheus/names';

/** The names that `match` and its relatives take, in every version of Alertmanager. */
export function checkClassicLabelName(name: string): Diagnostic | undefined {
  if (isLabelName(name)) {
    return undefined;
  }
  return {
    code: 'config-invalid-label-name',
    message: `${JSON.stringify(name.slice(0, 60))} is not a label name here`,
    fix: 'use letters, digits and underscores, not beginning with a digit; for other names use matchers',
  };
}

/** Label names since Alertmanager 0.27: any text but the empty one. */
export function checkLabelName(name: string): Diagnostic | undefined {
  return name === '' ? { code: 'config-invalid-label-name', message: 'a label name is empty', fix: 'give the name of a label' } : undefined;
}

/** One of a few words. */
export function oneOf(...words: readonly string[]): (text: string) => Diagnostic | undefined {
  return (text) => words.includes(text) ? undefined : {
    code: 'config-invalid-value',
    message: `${JSON.stringify(text.slice(0, 60))} is not allowed`,
    fix: `use one of ${words.map((word) => JSON.stringify(word)).join(', ')}`,
  };
}
