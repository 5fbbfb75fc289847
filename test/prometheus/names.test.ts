import { isLabelName, isMetricName } from '../../src/prometheus/names';

test.each([
  ['job', true, true], ['_x9', true, true], ['__name__', true, true], ['job:up:sum', false, true], [':a', false, true],
  ['', false, false], ['9a', false, false], ['a-b', false, false], ['a.b', false, false], ['ü', false, false], ['a\n', false, false],
])('%j is a name of a label: %s, of a metric: %s', (name, label, metric) => {
  expect(isLabelName(name)).toBe(label);
  expect(isMetricName(name)).toBe(metric);
});
