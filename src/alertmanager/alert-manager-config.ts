import { readFileSync } from 'fs';
import { dirname, resolve } from 'path';
import { Token } from 'aws-cdk-lib';
import { checkAmpLimits } from './check-amp-limits';
import { checkEngineDifferences } from './check-engine-differences';
import { DEFAULT_CONFIG } from './default-config';
import type { LoadedConfig, ParsedConfig } from './model';
import { AlertManagerConfigOptions, UnsupportedReceivers } from './options';
import type { ConfigSource } from './read/load-source';
import { namedSecrets, unboundTargets } from './translate/named-secrets';
import type { NamedSecret } from './translate/secret-names';
import { translate } from './translate/translate';
import type { Translation, TranslationRequest } from './translate/translation';
import type { Finding } from '../findings/finding';
import { boundUrls, usableTargets } from './translate/transports/check-webhook-targets';
import type { WebhookTargets } from './translate/transports/sysdig';

/**
 * The configuration of an open-source Alertmanager: an `alertmanager.yml` with its template files.
 *
 * It is checked and translated for Amazon Managed Service for Prometheus (AMP) at synthesis. Synthesis fails, with file, line, and
 * column, for anything that AMP would reject or that would not page as before.
 *
 * @see https://prometheus.io/docs/alerting/latest/configuration/
 */
export class AlertManagerConfig {
  /**
   * Reads the configuration from a file. Relative paths start from the working directory of the app. An unreadable file is
   * reported at synthesis, together with all other findings.
   *
   * The file can also be a Kubernetes Secret that contains the configuration (`alertmanager.yaml` under `data` or `stringData`), or an
   * AMP alert manager definition, as YAML or encoded in base64. Their template files are read as well.
   *
   * @param filePath - the path of the `alertmanager.yml`
   * @param options - options for reading the file
   */
  public static fromFile(filePath: string, options: AlertManagerConfigOptions = {}): AlertManagerConfig {
    if (Token.isUnresolved(filePath)) {
      return new AlertManagerConfig(unresolved('path'), options);
    }
    const absolute = resolve(filePath);
    return new AlertManagerConfig({ name: filePath, baseDirectory: dirname(absolute), content: () => readFileSync(absolute) }, options);
  }

  /**
   * Reads the configuration from a string. It must not contain tokens, that is, values known only at deployment time.
   *
   * @param text - the content of an `alertmanager.yml`
   * @param options - options for reading the text
   */
  public static fromString(text: string, options: AlertManagerConfigOptions = {}): AlertManagerConfig {
    if (Token.isUnresolved(text)) {
      return new AlertManagerConfig(unresolved('text'), options);
    }
    return new AlertManagerConfig({ name: 'alertmanager.yml', baseDirectory: process.cwd(), content: () => Buffer.from(text, 'utf8') }, options);
  }

  /**
   * The configuration of the command line, where a file might be readable once only.
   *
   * @internal
   */
  public static _fromSource(filePath: string, read: () => Uint8Array, options: AlertManagerConfigOptions = {}): AlertManagerConfig {
    const isStream = filePath === '-';
    const baseDirectory = isStream ? process.cwd() : dirname(resolve(filePath));
    return new AlertManagerConfig({ name: isStream ? 'standard input' : filePath, baseDirectory, content: read }, options);
  }

  /**
   * The default configuration: every alert pages, with one incident per alert name.
   *
   * @internal
   */
  public static _default(): AlertManagerConfig {
    return new AlertManagerConfig('default', {});
  }

  private loaded?: LoadedConfig;

  private constructor(private readonly source: ConfigSource | 'default', private readonly options: AlertManagerConfigOptions) {}

  /**
   * Everything that the construct needs of the configuration, and all that is wrong with it. Never throws.
   *
   * @internal
   */
  public _translate(request: TranslationRequest): Translation {
    const loaded = this.load();
    const { parsed, templates } = loaded;
    const translation = translate(loaded, request, this.options.unsupportedReceivers ?? UnsupportedReceivers.ERROR);
    const limits = checkAmpLimits(parsed, request.quotas, {
      templateFiles: templates.length + (translation.hasOwnTemplates ? 1 : 0), heartbeat: request.heartbeat,
    });
    const { config } = parsed;
    const unused = config === undefined ? [] : boundUrls(config, usableTargets(request.webhookTargets));
    // A template that is never rendered cannot fail.
    const findings = loaded.findings.filter(({ code, path = '' }) => !(code.startsWith('template-') && unused.includes(path)));
    return { ...translation, findings: [...findings, ...limits, ...checkEngineDifferences(parsed), ...translation.findings] };
  }

  /**
   * The configuration as it was read, with the findings about its structure. Never throws.
   *
   * @internal
   */
  public _read(): ParsedConfig {
    const { parsed, findings } = this.load();
    return { ...parsed, findings };
  }

  /**
   * The entries of the secret, by name. For the command that fills the secret; nothing else can look at values.
   *
   * @internal
   */
  public _secrets(onlyRoutingKeys: boolean, targets: WebhookTargets = {}): readonly NamedSecret[] {
    const { config } = this.load().parsed;
    return config ? namedSecrets(config, onlyRoutingKeys, targets) : [];
  }

  /**
   * The names of targets that no entry of the secret can stand for: of no receiver with one webhook on a route.
   *
   * @internal
   */
  public _unboundTargets(targets: WebhookTargets): string[] {
    const { config } = this.load().parsed;
    return config ? unboundTargets(config, targets) : [];
  }

  /**
   * What reading the file found, without its translation.
   *
   * @internal
   */
  public _readFindings(): readonly Finding[] {
    return this.load().parsed.findings;
  }

  private load(): LoadedConfig {
    this.loaded ??= this.source === 'default' ? loadDefault() : loadSource(this.source, this.options);
    return this.loaded;
  }
}

function loadDefault(): LoadedConfig {
  const parsed = { config: DEFAULT_CONFIG, findings: [], positionOf: () => undefined };
  return { text: JSON.stringify(DEFAULT_CONFIG), parsed, templates: [], findings: [] };
}

function loadSource(source: ConfigSource, options: AlertManagerConfigOptions): LoadedConfig {
  // The YAML reader is loaded on demand, because the default configuration does not need it (docs/benchmarks.md).
  const loader = require('./read/load-source') as typeof import('./read/load-source');
  return loader.loadSource(source, options);
}

function unresolved(what: string): ConfigSource {
  return {
    name: '',
    baseDirectory: '',
    content: {
      code: 'config-unresolved',
      message: `the ${what} of the alertmanager configuration contains a value that is only known at deployment`,
      fix: 'give it without tokens: the configuration is translated when the app is synthesized',
    },
  };
}
