import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { withFiles } from './temporary-files';
import { readConfig } from '../../../src/alertmanager/read/read-config';
import { loadTemplateFiles, LoadedTemplateFiles } from '../../../src/alertmanager/templates/template-files';

function load(patterns: readonly string[], baseDirectory: string, templateDirectory?: string): LoadedTemplateFiles {
  const reading = readConfig(`route: {receiver: r}\nreceivers: [{name: r}]\ntemplates:\n${patterns.map((pattern) => `- ${JSON.stringify(pattern)}\n`).join('')}`, 'am.yml');
  expect(reading.findings).toEqual([]);
  return loadTemplateFiles(reading, { baseDirectory, ...(templateDirectory === undefined ? {} : { templateDirectory }) });
}

function names({ files }: LoadedTemplateFiles): string[] {
  return files.map((file) => file.name);
}

function codes({ findings }: LoadedTemplateFiles): string[] {
  return findings.map((finding) => `${finding.severity} ${finding.code} ${finding.position?.line}`);
}

test('patterns start from the directory of the configuration, and files are named without directory', () => {
  withFiles({ 'templates/b.tmpl': 'B', 'templates/a.tmpl': 'A', 'more/c.tmpl': 'é\r\n😀' }, (directory) => {
    const loaded = load(['templates/*.tmpl', 'more/c.tmpl'], directory);
    expect(loaded.findings).toEqual([]);
    expect(loaded.files.map(({ name, text }) => [name, text])).toEqual([['a.tmpl', 'A'], ['b.tmpl', 'B'], ['c.tmpl', 'é\r\n😀']]);
    expect(loaded.files[2].path).toBe(join(directory, 'more/c.tmpl'));
  });
});

test('an absolute pattern is taken as it is', () => {
  withFiles({ 'a.tmpl': '' }, (directory) => {
    expect(names(load([`${directory}/*.tmpl`], '/nowhere'))).toEqual(['a.tmpl']);
  });
});

test('a template directory is where the base names of all patterns are looked for', () => {
  withFiles({ 'here/a.tmpl': '', 'here/b.tmpl': '', 'templates/c.tmpl': '' }, (directory) => {
    expect(names(load(['/etc/alertmanager/*.tmpl', 'templates/a.tmpl'], directory, join(directory, 'here')))).toEqual(['b.tmpl', 'a.tmpl']);
  });
});

test('a file that two patterns match is loaded once, where it is matched last', () => {
  withFiles({ 'a.tmpl': '', 'b.tmpl': '' }, (directory) => {
    expect(names(load(['*.tmpl', 'a.tmpl'], directory))).toEqual(['b.tmpl', 'a.tmpl']);
  });
});

test('without templates there are no files', () => {
  expect(loadTemplateFiles(readConfig('route: {receiver: r}\nreceivers: [{name: r}]', 'am.yml'), { baseDirectory: '.' })).toEqual({ files: [], findings: [] });
  expect(loadTemplateFiles({ findings: [], positionOf: () => undefined }, { baseDirectory: '.' })).toEqual({ files: [], findings: [] });
});

test('a pattern without files is a warning that names the place and the way out', () => {
  withFiles({}, (directory) => {
    const loaded = load(['/etc/alertmanager/none-*.tmpl', 'sub/*.tmpl'], directory);
    expect(codes(loaded)).toEqual(['warning template-files-missing 4', 'warning template-files-missing 5']);
    expect(loaded.findings[0].message).toBe('no file matches "/etc/alertmanager/none-*.tmpl" in /etc/alertmanager');
    expect(loaded.findings[1].message).toBe(`no file matches "sub/*.tmpl" in ${directory}/sub`);
    expect(loaded.findings[1].fix).toContain('templateDirectory');
    expect(load(['sub/*.tmpl'], directory, '/elsewhere').findings[0].message).toBe('no file matches "sub/*.tmpl" in /elsewhere');
  });
});

test('what cannot be read is an error, and the other files are loaded all the same', () => {
  withFiles({
    'a.tmpl': 'good',
    'bytes.tmpl': Buffer.from([0x61, 0xff]),
    'nul.tmpl': 'a\nb\u0000',
    'limit.tmpl': 'x'.repeat(1_000_000),
    'large.tmpl': 'x'.repeat(1_000_001),
    'sub/a.tmpl': 'again',
    '[ab].tmpl': '',
  }, (directory) => {
    mkdirSync(join(directory, 'folder.tmpl'));
    symlinkSync('nothing', join(directory, 'link.tmpl'));
    const loaded = load(['*.tmpl', 'sub/a.tmpl', '[.tmpl'], directory);
    expect(names(loaded)).toEqual(['a.tmpl', 'limit.tmpl']);
    expect(Object.fromEntries(loaded.findings.map(({ severity, code, message }) => [code, `${severity}: ${message.replaceAll(`${directory}/`, '')}`]))).toEqual({
      'template-file-name': 'error: the name of the template file [ab].tmpl would be a pattern for AMP',
      'template-file-not-text': 'error: the template file nul.tmpl has a NUL character in line 2',
      'template-file-too-large': 'error: the template file large.tmpl has 1000001 bytes',
      'template-file-unreadable': 'error: the template file link.tmpl cannot be read: it is a link to nothing',
      'template-file-name-twice': 'error: the template files a.tmpl and sub/a.tmpl have the same name',
      'template-pattern-invalid': 'error: the pattern "[.tmpl" is malformed',
    });
    expect(codes(loaded).filter((code) => code.includes('unreadable') || code.includes('not-text'))).toEqual([
      'error template-file-not-text 4', 'error template-file-unreadable 4', 'error template-file-unreadable 4', 'error template-file-not-text 4',
    ]);
    expect(loaded.findings.map(({ message }) => message.replaceAll(`${directory}/`, ''))).toEqual(expect.arrayContaining([
      'the template file bytes.tmpl is not valid UTF-8', 'the template file folder.tmpl cannot be read: it is a directory',
    ]));
  });
});

test('a file below the working directory is shown relative to it, so that findings are the same on every machine', () => {
  const before = process.cwd();
  withFiles({ 'templates/a.tmpl': '' }, (directory) => {
    process.chdir(directory);
    try {
      expect(load(['*.tmpl'], join(process.cwd(), 'templates')).files[0].path).toBe('templates/a.tmpl');
    } finally {
      process.chdir(before);
    }
  });
});
