import { spawnSync } from 'child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';

/** What `npx projen compile` rewrites the modules with. */
const TOOL = resolve(__dirname, '..', '..', 'tools', 'library', 'lazy-requires.mjs');

const USES = {
  'a property of the module': ['console.log(other.value);', 'value of the module'],
  'a class of the module': ['console.log(new other.Made("made").text);', 'made'],
  'a class in an object of the module': ['console.log(new other.deep.Made("made").text);', 'made'],
  'a subclass': ['class Sub extends other.Made {}\nconsole.log(new Sub("made").text);', 'made'],
  'a shorthand property': ['const all = { other }; console.log(all.other.value);', 'value of the module'],
  'a template': ['console.log(`${other.value}`);', 'value of the module'],
  'a re-export': [
    'Object.defineProperty(exports, "value", { enumerable: true, get: function () { return other.value; } });\nconsole.log(exports.value);', 'value of the module',
  ],
  'a module that is imported whole': ['console.log(star.value);', 'value of the module'],
} as const;

const OTHER_MEANINGS = {
  'a parameter': 'const show = (other) => console.log(other); show("mine");',
  'a destructured parameter': 'const show = ({ other }) => console.log(other); show({ other: "mine" });',
  'a variable of a block': '{ const other = "mine"; console.log(other); }',
  'a property': 'console.log({ other: "mine" }.other);',
  'a method': 'class Mine { other() { return "mine"; } }\nconsole.log(new Mine().other());',
  'a text': 'console.log("mine"); "other";',
};

const MODULES: Readonly<Record<string, string>> = {
  'not used': 'const other = require("./other"); console.log("ran");',
  'used twice': `
const other_1 = require("./other");
const use = () => (0, other_1.call)(other_1.value);
console.log('defined');
console.log(use());
console.log(use());
`,
  ...mapValues(USES, ([use]) => `
var __importStar = (this && this.__importStar) || (function () { throw new Error('the helper is not needed'); })();
const other = require("./other");
const star = __importStar(require("./other"));
${use}
`),
  ...mapValues(OTHER_MEANINGS, (use) => `const other = require("./other");\n${use}`),
};

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lazy-requires-'));
  writeFileSync(join(folder, 'other.js'), `
console.log('loaded');
exports.value = 'value of the module';
exports.call = (text) => 'called with ' + text;
exports.Made = class { constructor(text) { this.text = text; } };
exports.deep = { Made: exports.Made };
`);
  Object.entries(MODULES).forEach(([name, source]) => writeFileSync(fileOf(name), source));
  run('--input-type=module', '--eval', `
import { writeFileSync } from 'node:fs';
import { makeRequiresLazy } from ${JSON.stringify(TOOL)};
makeRequiresLazy(${JSON.stringify(Object.keys(MODULES).map(fileOf))}).forEach((text, name) => writeFileSync(name, text));
`);
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(name: string): string {
  return join(folder, `${name.replaceAll(' ', '-')}.js`);
}

function run(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(stderr);
  }
  return stdout.trimEnd();
}

/** What a rewritten module prints, as lines. */
function printedBy(name: string): string[] {
  return run(fileOf(name)).split('\n');
}

function mapValues<Value>(record: Readonly<Record<string, Value>>, map: (value: Value) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}

test('a module that is not used is not loaded', () => {
  expect(printedBy('not used')).toEqual(['ran']);
});

test('a module is loaded once, at its first use', () => {
  expect(printedBy('used twice')).toEqual(['defined', 'loaded', 'called with value of the module', 'called with value of the module']);
});

test.each(Object.entries(USES))('%s is that of the module', (name, [, printed]) => {
  expect(printedBy(name)).toEqual(['loaded', printed]);
});

test.each(Object.keys(OTHER_MEANINGS))('%s with the name of a module stays what it is', (name) => {
  expect(printedBy(name)).toEqual(['mine']);
});
