import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { amtoolErrors } from './amtool';
import { readConfig } from '../../../src/alertmanager/read/read-config';
import { checkTemplates } from '../../../src/alertmanager/templates/check-templates';
import { FindingSeverity } from '../../../src/findings/finding';

/** Real configurations of other projects, which are not part of this one. */
const CORPUS = join(process.env.CORPUS_DIR ?? resolve(__dirname, '../../../../shared/corpus'), 'alertmanager');

/** Errors that are right: the templates are really defined nowhere. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  '16-cloudposse-helmfiles.yml': ['template-undefined', 'template-undefined'],
  '17-grafana-jsonnet-libs.yml': ['template-undefined'],
  '33-kps-guide.yml': Array(6).fill('template-undefined'),
};

const files = existsSync(CORPUS) ? readdirSync(CORPUS).sort() : [];
const configs = files.filter((file) => file.endsWith('.yml'));

function read(file: string): string {
  return readFileSync(join(CORPUS, file), 'utf8');
}

if (configs.length > 0) {
  test.each(configs)('the templates of %s pass, but for those that are really wrong', (config) => {
    const templates = files.filter((file) => file.endsWith('.tmpl') && file.split('-')[0] === config.split('-')[0]);
    const findings = checkTemplates(readConfig(read(config), config), templates.map((name) => ({ name, path: name, text: read(name) })));
    expect(findings.filter(({ severity }) => severity === FindingSeverity.ERROR).map(({ code }) => code)).toEqual(EXPECTED[config] ?? []);
    expect(findings.filter(({ code }) => code === 'template-depends-on-data').map(({ message }) => message)).toEqual([]);
    expect(amtoolErrors(templates.map(read)).filter((error) => error !== undefined)).toEqual([]);
  });
}

test('the corpus is there, or its tests are not', () => {
  expect(configs.length > 0).toBe(existsSync(CORPUS));
});
