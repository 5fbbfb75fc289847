import { readFileSync, statSync } from 'fs';
import * as path from 'path';
import type { Diagnostic } from '../../findings/diagnostic';
import type { Finding } from '../../findings/finding';
import type { FindingReporter } from '../../findings/reporter';
import { baseNameOf, compileSegment, glob } from '../../go/glob';
import type { ParsedConfig, TemplateFile } from '../model';
import { configReporter } from '../report';

/** Where template files are looked for. */
export interface TemplateFileOptions {
  /** The directory that relative patterns start from: the one of the configuration file. */
  readonly baseDirectory: string;
  /** If given, the only directory: of each pattern, relative or absolute, the part behind the last slash counts. */
  readonly templateDirectory?: string;
  /** The template files that came with the configuration: those of an AMP definition or of a Secret. */
  readonly embedded?: readonly TemplateFile[];
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
export function loadTemplateFiles(reading: ParsedConfig, options: TemplateFileOptions): LoadedTemplateFiles {
  const { embedded = [] } = options;
  return embedded.length === 0 ? new TemplateFileLoader(reading, options).load() : findEmbedded(reading, embedded);
}

/** Patterns are those of another machine, or of AMP: their last parts count. */
function findEmbedded(reading: ParsedConfig, embedded: readonly TemplateFile[]): LoadedTemplateFiles {
  const reporter = configReporter(reading);
  const found = new Set<TemplateFile>();
  (reading.config?.templates ?? []).forEach((pattern, index) => {
    const name = compileSegment(baseNameOf(pattern));
    const files = embedded.filter((file) => (typeof name === 'function' ? name(file.name) : file.name === name));
    if (files.length === 0) {
      reporter.warning(['templates', index], {
        code: 'template-files-missing',
        message: `no template file of the configuration matches ${JSON.stringify(pattern)}: there are ${embedded.map((file) => file.name).join(', ')}`,
        fix: 'correct the pattern, or name the directory of the template files by the option templateDirectory of AlertManagerConfig',
      });
    }
    for (const file of files) {
      found.delete(file);
      found.add(file);
    }
  });
  return { files: [...found], findings: reporter.findings };
}

class TemplateFileLoader {
  private readonly reporter: FindingReporter;
  /** The index under `templates:` that each path was found through, in loading order. */
  private readonly found = new Map<string, number>();

  constructor(private readonly reading: ParsedConfig, private readonly options: TemplateFileOptions) {
    this.reporter = configReporter(reading);
  }

  public load(): LoadedTemplateFiles {
    (this.reading.config?.templates ?? []).forEach((pattern, index) => this.find(pattern, index));
    const files: TemplateFile[] = [];
    const paths = new Map<string, string>();
    for (const [file, index] of this.found) {
      const name = path.basename(file);
      const other = paths.get(name);
      if (other !== undefined) {
        this.error(index, {
          code: 'template-file-name-twice',
          message: `the template files ${other} and ${file} have the same name`,
          fix: 'AMP knows template files by their names without the directory; rename one of them',
        });
        continue;
      }
      paths.set(name, file);
      const text = this.read(file, name, index);
      if (text !== undefined) {
        files.push({ name, path: file, text });
      }
    }
    return { files, findings: this.reporter.findings };
  }

  private find(pattern: string, index: number): void {
    const { templateDirectory, baseDirectory } = this.options;
    const files = templateDirectory === undefined ? glob(pattern, baseDirectory) : glob(baseNameOf(pattern), templateDirectory);
    if (!files) {
      this.error(index, {
        code: 'template-pattern-invalid',
        message: `the pattern ${JSON.stringify(pattern)} is malformed`,
        fix: 'patterns have *, ?, [a-z] with its closing bracket, and a backslash before a character that is meant literally',
      });
      return;
    }
    if (files.length === 0) {
      this.reporter.warning(['templates', index], {
        code: 'template-files-missing',
        message: `no file matches ${JSON.stringify(pattern)} in ${this.placeOf(pattern)}`,
        fix: 'put the template files there, or name the directory where they are by the option templateDirectory of AlertManagerConfig',
      });
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
      this.error(index, {
        code: 'template-file-name',
        message: `the name of the template file ${file} would be a pattern for AMP`,
        fix: 'rename it without *, ?, [ and backslash',
      });
      return undefined;
    }
    try {
      const { size } = statSync(file);
      if (size > MAX_BYTES) {
        this.error(index, {
          code: 'template-file-too-large',
          message: `the template file ${file} has ${size} bytes`,
          fix: `AMP takes ${MAX_BYTES} bytes for a whole definition; remove what PagerDuty does not need`,
        });
        return undefined;
      }
      return this.decode(readFileSync(file), file, index);
    } catch (error) {
      this.error(index, {
        code: 'template-file-unreadable',
        message: `the template file ${file} cannot be read: ${reasonOf(error)}`,
        fix: 'make it a readable file, or let the pattern match files only',
      });
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
    this.error(index, {
      code: 'template-file-not-text',
      message: `the template file ${file} ${what}`,
      fix: 'template files are texts in UTF-8',
    });
    return undefined;
  }

  private error(index: number, diagnostic: Diagnostic): void {
    this.reporter.error(['templates', index], diagnostic);
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
