import * as fs from 'fs';
import * as path from 'path';
import { Token } from 'aws-cdk-lib';
import { checkAmpLimits } from './check-amp-limits';
import { DEFAULT_CONFIG } from './default-config';
import type { ConfigReading, TemplateFile } from './model';
import { AlertManagerConfigOptions, UnsupportedReceivers } from './options';
import { readConfig } from './read-config';
import { planRoutes } from './routes/route-plan';
import { checkTemplates, loadTemplateFiles } from './templates';
import { copyReceivers } from './translate/receiver-copies';
import { nameRoutingKeys } from './translate/routing-key-names';
import { translate, usedConfigs } from './translate/translate';
import type { Translation, TranslationRequest } from './translate/translation';
import type { FindingCode } from '../findings/codes';
import { Finding, FindingSeverity } from '../findings/finding';

/**
 * The configuration of an open-source Alertmanager: an `alertmanager.yml`, with its template files.
 *
 * It is read, checked and translated for Amazon Managed Service for Prometheus (AMP) when the app is synthesised. Whatever
 * AMP would refuse, or what could not page as before, is an error then, with file, line and column.
 *
 * @see https://prometheus.io/docs/alerting/latest/configuration/
 */
export class AlertManagerConfig {
  /**
   * Takes the configuration from a file.
   *
   * @param filePath the path of the `alertmanager.yml`; relative paths start from the working directory of the app. A file
   * that cannot be read is reported together with everything else that is wrong.
   * @param options how to read it.
   */
  public static fromFile(filePath: string, options: AlertManagerConfigOptions = {}): AlertManagerConfig {
    if (Token.isUnresolved(filePath)) {
      return new AlertManagerConfig(unresolved('path'), options);
    }
    const absolute = path.resolve(filePath);
    return new AlertManagerConfig({ name: filePath, baseDirectory: path.dirname(absolute), read: () => fs.readFileSync(absolute, 'utf8') }, options);
  }

  /**
   * Takes the configuration from a text.
   *
   * @param text the content of an `alertmanager.yml`, without values that are only known when the stack is deployed.
   * @param options how to read it.
   */
  public static fromString(text: string, options: AlertManagerConfigOptions = {}): AlertManagerConfig {
    if (Token.isUnresolved(text)) {
      return new AlertManagerConfig(unresolved('text'), options);
    }
    return new AlertManagerConfig({ name: 'alertmanager.yml', baseDirectory: process.cwd(), read: () => text }, options);
  }

  /**
   * The configuration for those who bring none: every alert pages, one incident per alert name.
   *
   * @internal
   */
  public static _default(): AlertManagerConfig {
    return new AlertManagerConfig({ name: 'the default configuration', baseDirectory: process.cwd(), read: () => DEFAULT_CONFIG, isDefault: true }, {});
  }

  private loaded?: Loaded;

  private constructor(private readonly source: Source, private readonly options: AlertManagerConfigOptions) {}

  /**
   * Everything that the construct needs of the configuration, and all that is wrong with it. Never throws.
   *
   * @internal
   */
  public _translate(request: TranslationRequest): Translation {
    const { reading, templates, text, findings } = this.load();
    const translation = translate(reading, templates, {
      ...request,
      text,
      unsupportedReceivers: this.options.unsupportedReceivers ?? UnsupportedReceivers.ERROR,
    });
    const own = this.source.isDefault ? translation.findings.filter((finding) => finding.code !== 'routing-key-file') : translation.findings;
    return { ...translation, findings: [...findings, ...checkAmpLimits(reading, request.quotas, templates.length), ...own] };
  }

  /**
   * The routing keys by their names in the secret: the key where the file spells it out, undefined where it names a file. For
   * the command that fills the secret; nothing else may look at keys.
   *
   * @internal
   */
  public _routingKeys(): ReadonlyMap<string, string | undefined> {
    const { reading } = this.load();
    if (!reading.config) {
      return new Map();
    }
    const keys = nameRoutingKeys(reading.config);
    const used = usedConfigs(reading.config, copyReceivers(reading.config, planRoutes(reading.config.route)));
    return new Map([...used.keys()].flatMap((config) => {
      const key = keys.get(config);
      return key ? [[key.name, key.literal] as const] : [];
    }));
  }

  private load(): Loaded {
    this.loaded ??= loadSource(this.source, this.options);
    return this.loaded;
  }
}

/** Where the text comes from. Reading is put off until the findings of all files can be told at once. */
interface Source {
  /** What findings call the file. */
  readonly name: string;
  readonly baseDirectory: string;
  readonly read?: () => string;
  /** Why there is nothing to read. */
  readonly problem?: Finding;
  readonly isDefault?: boolean;
}

interface Loaded {
  readonly text: string;
  readonly reading: ConfigReading;
  readonly templates: readonly TemplateFile[];
  readonly findings: readonly Finding[];
}

function unresolved(what: string): Source {
  return {
    name: '',
    baseDirectory: '',
    problem: problem('config-unresolved', `the ${what} of the alertmanager configuration contains a value that is only known at deployment`,
      'give it without tokens: the configuration is translated when the app is synthesised'),
  };
}

function loadSource(source: Source, options: AlertManagerConfigOptions): Loaded {
  const text = readText(source);
  if (typeof text !== 'string') {
    return { text: '', reading: { findings: [], positionOf: () => undefined }, templates: [], findings: [text] };
  }
  const reading = readConfig(text, source.name);
  if (!reading.config) {
    return { text, reading, templates: [], findings: reading.findings };
  }
  const { files, findings } = loadTemplateFiles(reading, {
    baseDirectory: source.baseDirectory,
    templateDirectory: options.templateDirectory,
  });
  return {
    text,
    reading,
    templates: files,
    findings: [...reading.findings, ...findings, ...checkTemplates(reading, files)],
  };
}

/** The text, or why there is none. */
function readText(source: Source): string | Finding {
  if (source.problem) {
    return source.problem;
  }
  try {
    return source.read?.() ?? '';
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    return problem('config-file-missing', `the alertmanager configuration "${source.name}" cannot be read (${reason})`,
      `correct the path; relative paths start from the working directory of the app, ${process.cwd()}`);
  }
}

function problem(code: FindingCode, message: string, fix: string): Finding {
  return { code, severity: FindingSeverity.ERROR, message, fix };
}
