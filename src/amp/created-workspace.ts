import { Duration, Names, RemovalPolicy, Token } from 'aws-cdk-lib';
import * as aps from 'aws-cdk-lib/aws-aps';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { createWorkspaceLogs } from './workspace-logs';
import type { NewWorkspaceOptions } from './workspace-options';
import { WorkspaceResource } from './workspace-resource';
import type { BoundWorkspace, WorkspaceContext, WorkspaceSource } from './workspace-source';
import type { Finding } from '../findings/finding';
import { FindingReporter } from '../findings/reporter';

/** The longest alias that AMP takes, in characters. */
export const MAX_ALIAS_LENGTH = 100;

/** AMP's ranges, in the unit of the property. They are repeated in the docstrings of {@link NewWorkspaceOptions}. */
const RETENTION_DAYS = { min: 1, max: Number.MAX_SAFE_INTEGER };
const QUERY_OFFSET_SECONDS = { min: 0, max: 86_400 };
const OUT_OF_ORDER_SECONDS = { min: 0, max: 600 };

/** A workspace that the construct creates. */
export class CreatedWorkspaceSource implements WorkspaceSource {
  constructor(private readonly options: NewWorkspaceOptions) {}

  public check(): Finding[] {
    const { alias, retentionPeriod, encryptionKey, ruleQueryOffset, outOfOrderTimeWindow } = this.options;
    const reporter = FindingReporter.forProps();
    checkAlias(alias, reporter);
    checkKey(encryptionKey, reporter);
    checkDuration(reporter, 'retentionPeriod', retentionPeriod, inDays, RETENTION_DAYS, 'whole days, at least 1');
    checkDuration(reporter, 'ruleQueryOffset', ruleQueryOffset, inSeconds, QUERY_OFFSET_SECONDS, 'whole seconds, from 0 to 86400');
    checkDuration(reporter, 'outOfOrderTimeWindow', outOfOrderTimeWindow, inSeconds, OUT_OF_ORDER_SECONDS, 'whole seconds, from 0 to 600');
    return reporter.findings;
  }

  public bind(scope: Construct, id: string, context: WorkspaceContext): BoundWorkspace {
    return new CreatedWorkspace(scope, id, this.options, context);
  }
}

/** The workspace with its alert manager definition, and the log group for AMP's messages about both. */
class CreatedWorkspace extends WorkspaceResource {
  public readonly cfnWorkspace: aps.CfnWorkspace;

  constructor(scope: Construct, id: string, options: NewWorkspaceOptions, context: WorkspaceContext) {
    super(scope, id);
    this.cfnWorkspace = new aps.CfnWorkspace(this, 'Resource', {
      alias: options.alias ?? Names.uniqueResourceName(this, { maxLength: MAX_ALIAS_LENGTH, separator: '-' }),
      alertManagerDefinition: context.alertManagerDefinition,
      loggingConfiguration: createWorkspaceLogs(this, context.logRetention, context.encryptionKey),
      kmsKeyArn: options.encryptionKey?.keyArn,
      workspaceConfiguration: options.retentionPeriod && { retentionPeriodInDays: inDays(options.retentionPeriod) },
    });
    this.guardKey(options.encryptionKey?.keyArn);
    this.configureRules(options);
    Object.entries(options.tags ?? {}).forEach(([key, value]) => this.cfnWorkspace.tags.setTag(key, value));
    // The workspace holds months of metrics. It is retained when the stack is deleted, but not when its creation is rolled back.
    this.cfnWorkspace.applyRemovalPolicy(options.removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  }

  /** A key that is set on the resource replaces the workspace silently. */
  private guardKey(keyArn: string | undefined): void {
    this.checkResource((reporter) => {
      if (this.cfnWorkspace.kmsKeyArn !== keyArn) {
        reporter.error('workspace.encryptionKey', {
          code: 'workspace-key-changed',
          message: `the KMS key of ${this.cfnWorkspace.node.path} is set on the resource, which replaces a deployed workspace and leaves its metrics behind`,
          fix: 'use AlertingWorkspace.create({ encryptionKey }) for a new workspace, and leave the key of a deployed one as it is',
        });
      }
    });
  }

  /** The lowest supported aws-cdk-lib does not know these two properties yet. */
  private configureRules({ ruleQueryOffset, outOfOrderTimeWindow }: NewWorkspaceOptions): void {
    if (ruleQueryOffset) {
      this.cfnWorkspace.addPropertyOverride('WorkspaceConfiguration.RuleQueryOffsetInSeconds', inSeconds(ruleQueryOffset));
    }
    if (outOfOrderTimeWindow) {
      this.cfnWorkspace.addPropertyOverride('WorkspaceConfiguration.OutOfOrderTimeWindowInSeconds', inSeconds(outOfOrderTimeWindow));
    }
  }
}

/** JavaScript lets through what TypeScript refuses, here and below. */
function checkAlias(given: unknown, reporter: FindingReporter): void {
  const alias = String(given ?? '');
  if (given === undefined || given === null || Token.isUnresolved(alias) || (alias.length >= 1 && alias.length <= MAX_ALIAS_LENGTH)) {
    return;
  }
  reporter.error('workspace.alias', {
    code: 'workspace-alias-invalid',
    message: `the alias "${alias}" has ${alias.length} characters`,
    fix: `it must have 1 to ${MAX_ALIAS_LENGTH} characters`,
  });
}

/** An ARN in place of the key would leave the workspace without the key, and no word about it. */
function checkKey(encryptionKey: Partial<kms.IKey> | undefined, reporter: FindingReporter): void {
  if (encryptionKey && typeof encryptionKey.keyArn !== 'string') {
    reporter.error('workspace.encryptionKey', {
      code: 'workspace-setting-invalid', message: 'encryptionKey is not a KMS key of the CDK', fix: 'use a kms.Key, or kms.Key.fromKeyArn(scope, id, arn)',
    });
  }
}

function checkDuration(
  reporter: FindingReporter, name: keyof NewWorkspaceOptions, duration: unknown, convert: (duration: Duration) => number,
  { min, max }: { readonly min: number; readonly max: number }, allowed: string,
): void {
  if (duration === undefined || duration === null) {
    return;
  }
  if (!(duration instanceof Duration)) {
    reporter.error(`workspace.${name}`, {
      code: 'workspace-setting-invalid', message: `${name} is not a Duration`, fix: `it must be ${allowed}, as a Duration of the CDK`,
    });
    return;
  }
  if (duration.isUnresolved()) {
    return;
  }
  const value = convert(duration);
  if (!Number.isInteger(value) || value < min || value > max) {
    reporter.error(`workspace.${name}`, {
      code: 'workspace-setting-invalid', message: `${name} is ${duration.toString()}`, fix: `it must be ${allowed}`,
    });
  }
}

/** Fractions are kept for the check. */
function inDays(duration: Duration): number {
  return duration.toDays({ integral: false });
}

function inSeconds(duration: Duration): number {
  return duration.toSeconds({ integral: false });
}
