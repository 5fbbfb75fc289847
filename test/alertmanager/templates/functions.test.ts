import { amtoolErrors, amtoolRender } from './amtool';
import { BUILT_IN_TEMPLATES, NEWER_BUILT_IN_TEMPLATES, PAGERDUTY_TEMPLATES } from '../../../src/alertmanager/templates/built-in-templates';
import { functionAvailability, USABLE_FUNCTIONS } from '../../../src/alertmanager/templates/functions';

const LIKELY = { trimSpace: '0.26', date: '0.28', humanizeDuration: '0.28', since: '0.28', tz: '0.28' };
const TOO_NEW = {
  safeUrl: '0.30',
  toJson: '0.30',
  urlUnescape: '0.30',
  append: '0.32',
  dict: '0.32',
  list: '0.32',
  now: '0.33',
  base64decode: '0.34',
  base64encode: '0.34',
  mustToDate: '0.34',
  routeLabels: '0.34',
  toDate: '0.34',
  addDuration: '0.35',
};
const MISTAKEN = ['default', 'quote', 'replace', 'split', 'b64enc', 'env', 'humanize', 'query', 'toJSON', 'elseif', 'constructor', 'Len'];

test('exactly the functions that exist everywhere exist in an Alertmanager of before 0.26', () => {
  const names = [...USABLE_FUNCTIONS, ...Object.keys(TOO_NEW), ...MISTAKEN];
  const errors = amtoolErrors(names.map((name) => `{{ ${name} }}`));
  const missing = names.filter((_, index) => errors[index]?.includes('not defined'));
  expect(missing).toEqual(names.filter((name) => functionAvailability(name).kind !== 'everywhere'));
  expect(errors.filter((error) => error !== undefined && !error.includes('not defined'))).toEqual([]);
});

test.each(Object.entries(LIKELY))('%s is likely to exist, since %s', (name, since) => {
  expect(functionAvailability(name)).toEqual({ kind: 'likely', since });
});

test.each(Object.entries(TOO_NEW))('%s is too new, since %s, with a way out', (name, since) => {
  expect(functionAvailability(name)).toEqual({ kind: 'too new', since, instead: expect.stringMatching(/.{10}/) });
});

test.each(MISTAKEN)('%s does not exist', (name) => {
  expect(functionAvailability(name).kind).toBe('unknown');
});

/** A version of Alertmanager can only be asked whether it has its own templates: executing a call of another one fails. */
test('the templates that PagerDuty notifications are made of are there', () => {
  for (const name of PAGERDUTY_TEMPLATES) {
    const data = name === '__text_alert_list' || name === 'pagerduty.default.instances' ? '.Alerts' : '.';
    expect(() => amtoolRender(`{{ template "${name}" ${data} }}`)).not.toThrow();
    expect(BUILT_IN_TEMPLATES).toContain(name);
  }
});

test('no newer template is there', () => {
  for (const name of NEWER_BUILT_IN_TEMPLATES.keys()) {
    expect(() => amtoolRender(`{{ template "${name}" . }}`)).toThrow(/not defined/);
    expect(BUILT_IN_TEMPLATES).not.toContain(name);
  }
});
