/** Names as every version of Prometheus accepts them. */
const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const METRIC_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;

/** The label that carries the name of the series itself. */
const METRIC_NAME_LABEL = '__name__';

export function isLabelName(name: string): boolean {
  return LABEL_NAME.test(name) && name !== METRIC_NAME_LABEL;
}

/** Annotations may be called what labels may be called, and `__name__` too. */
export function isAnnotationName(name: string): boolean {
  return LABEL_NAME.test(name);
}

export function isMetricName(name: string): boolean {
  return METRIC_NAME.test(name);
}

/** Whether a text has no halves of characters: they cannot be written as UTF-8. */
export function isWellFormed(text: string): boolean {
  return !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text);
}
