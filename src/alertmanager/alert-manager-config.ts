import { readFileSync } from 'fs';
import { dirname, resolve } from 'path';
import { Token } from 'aws-cdk-lib';
import { checkAmpLimits } from './check-amp-limits';
import { DEFAULT_CONFIG } from './default-config';
import { AlertManagerConfigOptions, UnsupportedReceivers } from './options';
import { Loaded, problem, Source } from './read/config-source';
import { planRoutes } from './routes/route-plan';
import { copyReceivers } from './translate/receiver-copies';
import { nameRoutingKeys } from './translate/routing-key-names';
import { translate, usedConfigs } from './translate/translate';
import type { Translation, TranslationRequest } from './translate/translation';

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
    const absolute = resolve(filePath);
    return new AlertManagerConfig({ name: filePath, baseDirectory: dirname(absolute), read: () => readFileSync(absolute) }, options);
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
    return new AlertManagerConfig({ name: 'alertmanager.yml', baseDirectory: process.cwd(), read: () => Buffer.from(text, 'utf8') }, options);
  }

  /**
   * The configuration for those who bring none: every alert pages, one incident per alert name.
   *
   * @internal
   */
  public static _default(): AlertManagerConfig {
    return new AlertManagerConfig('default', {});
  }

  private loaded?: Loaded;

  private constructor(private readonly source: Source | 'default', private readonly options: AlertManagerConfigOptions) {}

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
    return { ...translation, findings: [...findings, ...checkAmpLimits(reading, request.quotas, templates.length), ...translation.findings] };
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
    this.loaded ??= this.source === 'default' ? loadDefault() : loadSource(this.source, this.options);
    return this.loaded;
  }
}

function loadDefault(): Loaded {
  const reading = { config: DEFAULT_CONFIG, findings: [], positionOf: () => undefined };
  return { text: JSON.stringify(DEFAULT_CONFIG), reading, templates: [], findings: [] };
}

function loadSource(source: Source, options: AlertManagerConfigOptions): Loaded {
  // What reads YAML is loaded when there is something to read: the default configuration needs none of it.
  const loader = require('./read/load-source') as typeof import('./read/load-source');
  return loader.loadSource(source, options);
}

function unresolved(what: string): Source {
  return {
    name: '',
    baseDirectory: '',
    problem: problem('config-unresolved', `the ${what} of the alertmanager configuration contains a value that is only known at deployment`,
      'give it without tokens: the configuration is translated when the app is synthesised'),
  };
}
