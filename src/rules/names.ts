import { isLabelName, METRIC_NAME_LABEL } from '../prometheus/names';

/** Labels can be called what annotations can be called, but for the one that Prometheus sets itself. */
export function isNameOfOwnLabel(name: string): boolean {
  return isLabelName(name) && name !== METRIC_NAME_LABEL;
}

/** Whether a text has no halves of characters: they cannot be written as UTF-8. */
export function isWellFormed(text: string): boolean {
  return !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text);
}
