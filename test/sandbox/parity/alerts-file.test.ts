import { AlertTimes, readSteps } from '../../../sandbox/parity/alerts-file';

test('steps are read', () => {
  const steps = [{ alerts: [{ labels: { a: 'b' }, annotations: { c: 'd' }, generatorURL: 'u', resolved: true }] }, { alerts: [] }];
  expect(readSteps(JSON.stringify({ steps }))).toEqual(steps);
});

test.each<[unknown, string]>([
  ['{', 'the alerts file is not JSON'],
  [[], 'the alerts file needs a list "steps" with at least one step'],
  [{ steps: [] }, 'the alerts file needs a list "steps" with at least one step'],
  [{ steps: [{}] }, 'steps[0] needs a list "alerts"'],
  [{ steps: [{ alerts: ['x'] }] }, 'steps[0].alerts[0] is no object'],
  [{ steps: [{ alerts: [{ labels: {} }] }] }, 'steps[0].alerts[0] needs at least one label'],
  [{ steps: [{ alerts: [{ labels: { a: 1 } }] }] }, 'steps[0].alerts[0].labels.a is not a string'],
  [{ steps: [{ alerts: [{ labels: 'x' }] }] }, 'steps[0].alerts[0].labels is no object'],
  [{ steps: [{ alerts: [{ labels: { a: 'b' }, status: 'firing' }] }] }, 'steps[0].alerts[0] has the unknown field status; an alert has labels, annotations'],
  [{ steps: [{ alerts: [{ labels: { a: 'b' }, resolved: 'yes' }] }] }, 'steps[0].alerts[0].resolved is neither true nor false'],
  [{ steps: [{ alerts: [{ labels: { a: 'b' }, generatorURL: 1 }] }] }, 'steps[0].alerts[0].generatorURL is not a string'],
])('%j is a clear error', (file, message) => {
  expect(() => readSteps(typeof file === 'string' ? file : JSON.stringify(file))).toThrow(message);
});

test('an alert keeps its start until it is resolved', () => {
  const times = new AlertTimes();
  const at = (second: number, resolved: boolean): object => times.posted({ alerts: [{ labels: { a: 'b' }, resolved }] }, new Date(second * 1000))[0] ?? {};
  const iso = (second: number): string => new Date(second * 1000).toISOString();
  expect(at(1, false)).toMatchObject({ startsAt: iso(1) });
  expect(at(1, false)).not.toHaveProperty('endsAt');
  expect(at(2, false)).toMatchObject({ startsAt: iso(1) });
  expect(at(3, true)).toMatchObject({ startsAt: iso(1), endsAt: iso(3) });
  expect(at(4, false)).toMatchObject({ startsAt: iso(4) });
});
