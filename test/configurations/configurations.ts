import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

/** The configurations of this folder, written after what teams publish: `04-europe.yml`, and so on. */
export function namesOfConfigurations(): string[] {
  return readdirSync(__dirname).filter((name) => name.endsWith('.yml')).sort();
}

/** Calls back with the path of a configuration and a directory in which its template file has the only name. */
export function withOwnTemplates<T>(name: string, use: (path: string, templateDirectory: string) => T): T {
  const directory = copyWithTemplates(name);
  try {
    return use(join(directory, 'alertmanager.yml'), directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Copies a configuration, and its template file, to a new directory, which the caller removes. */
export function copyWithTemplates(name: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'configuration-'));
  copyFileSync(join(__dirname, name), join(directory, 'alertmanager.yml'));
  const templates = join(__dirname, name.replace(/\.yml$/, '.tmpl'));
  if (existsSync(templates)) {
    copyFileSync(templates, join(directory, TEMPLATE_NAMES[name] ?? 'own.tmpl'));
  }
  return directory;
}

/** Names that a pattern in the configuration matches alone. */
const TEMPLATE_NAMES: { readonly [name: string]: string } = { '08-mails.yml': 'mails.tmpl' };
