import { readFileSync, statSync } from 'fs';
import * as path from 'path';
import type { FindingCode } from '../../findings/codes';
import { Finding, FindingSeverity } from '../../findings/finding';
import { baseNameOf, glob } from '../../go/glob';
import type { ConfigPath, ConfigReading, TemplateFile } from '../model';

/** Where template files are looked for. */
export interface TemplateFileOptions {
  /** The directory that relative patterns start from: the one of the configuration file. */
  readonly baseDirectory: string;
  /** If given, the only directory: of each pattern, relative or absolute, the part behind the last slash counts. */
  readonly templateDirectory?: string;
}

export interface LoadedTemplateFiles {
  /** In the order in which Alertmanager loads them: of two definitions of one name, the later one wins. */
  readonly files: TemplateFile[];
  readonly findings: Finding[];
}

/** AMP's limit of a whole definition, in bytes: no file that is longer can be part of one. */
const MAX_BYTES = 1_000_000;

/**
 * Reads the files that `templates:` of the configuration names by its patterns. What cannot be read is a finding.
 *
 * @see https://pkg.go.dev/path/filepath#Match
 */
export function loadTemplateFiles(reading: ConfigReading, options: TemplateFileOptions): LoadedTemplateFiles {
  return new TemplateFileLoader(reading, options).load();
}

class TemplateFileLoader {
  private readonly findings: Finding[] = [];
  /** The index under `templates:` that each path was found through, in loading order. */
  private readonly found = new Map<string, number>();

  constructor(private readonly reading: ConfigReading, private readonly options: TemplateFileOptions) {}

  public load(): LoadedTemplateFiles {
    (this.reading.config?.templates ?? []).forEach((pattern, index) => this.find(pattern, index));
    const files: TemplateFile[] = [];
    const paths = new Map<string, string>();
    for (const [file, index] of this.found) {
      const name = path.basename(file);
      const other = paths.get(name);
      if (other !== undefined) {
        this.error('template-file-name-twice', index, `the template files ${other} and ${file} have the same name`,
          'AMP knows template files by their names without the directory; rename one of them');
        continue;
      }
      paths.set(name, file);
      const text = this.read(file, name, index);
      if (text !== undefined) {
        files.push({ name, path: file, text });
      }
    }
    return { files, findings: this.findings };
  }

  private find(pattern: string, index: number): void {
    const { templateDirectory, baseDirectory } = this.options;
    const files = templateDirectory === undefined ? glob(pattern, baseDirectory) : glob(baseNameOf(pattern), templateDirectory);
    if (!files) {
      this.error('template-pattern-invalid', index, `the pattern ${JSON.stringify(pattern)} is malformed`,
        'patterns have *, ?, [a-z] with its closing bracket, and a backslash before a character that is meant literally');
      return;
    }
    if (files.length === 0) {
      this.add(FindingSeverity.WARNING, 'template-files-missing', index, `no file matches ${JSON.stringify(pattern)} in ${this.placeOf(pattern)}`,
        'put the template files there, or name the directory where they are by the option templateDirectory of AlertManagerConfig');
    }
    for (const file of files.map(displayed)) {
      // A file that is named twice is loaded twice, and the last time counts.
      this.found.delete(file);
      this.found.set(file, index);
    }
  }

  private placeOf(pattern: string): string {
    const { templateDirectory, baseDirectory } = this.options;
    return templateDirectory === undefined ? path.resolve(baseDirectory, path.dirname(pattern)) : path.resolve(templateDirectory);
  }

  private read(file: string, name: string, index: number): string | undefined {
    if (/[*?[\\]/.test(name)) {
      this.error('template-file-name', index, `the name of the template file ${file} would be a pattern for AMP`, 'rename it without *, ?, [ and backslash');
      return undefined;
    }
    try {
      const { size } = statSync(file);
      if (size > MAX_BYTES) {
        this.error('template-file-too-large', index, `the template file ${file} has ${size} bytes`, `AMP takes ${MAX_BYTES} bytes for a whole definition; remove what PagerDuty does not need`);
        return undefined;
      }
      return this.decode(readFileSync(file), file, index);
    } catch (error) {
      this.error('template-file-unreadable', index, `the template file ${file} cannot be read: ${reasonOf(error)}`,
        'make it a readable file, or let the pattern match files only');
      return undefined;
    }
  }

  private decode(bytes: Buffer, file: string, index: number): string | undefined {
    const text = bytes.toString('utf8');
    const nul = text.indexOf('\u0000');
    if (nul < 0 && bytes.equals(Buffer.from(text))) {
      return text;
    }
    const what = nul < 0 ? 'is not valid UTF-8' : `has a NUL character in line ${text.slice(0, nul).split('\n').length}`;
    this.error('template-file-not-text', index, `the template file ${file} ${what}`, 'template files are texts in UTF-8');
    return undefined;
  }

  private error(code: FindingCode, index: number, message: string, fix: string): void {
    this.add(FindingSeverity.ERROR, code, index, message, fix);
  }

  private add(severity: FindingSeverity, code: FindingCode, index: number, message: string, fix: string): void {
    const place: ConfigPath = ['templates', index];
    const position = this.reading.positionOf(place);
    this.findings.push({ code, severity, message, fix, path: `templates[${index}]`, ...(position && { position }) });
  }
}

/** Paths below the working directory are shown from there, so that findings are the same on every machine. */
function displayed(file: string): string {
  const relative = path.relative('', file);
  return relative.startsWith('..') || path.isAbsolute(relative) ? file : relative;
}

function reasonOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EISDIR': return 'it is a directory';
    case 'ENOENT': return 'it is a link to nothing';
    case 'EACCES': return 'permission denied';
    default: return String(code ?? error);
  }
}
