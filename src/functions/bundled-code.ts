import { createHash } from 'crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'fs';
import { dirname, join, relative, sep } from 'path';
import { CfnResource, FileAssetPackaging, Names, Stack, Stage } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as cxapi from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';

/**
 * The code of one function, from a folder of the package. Works like `Code.fromAsset`, but without what only other folders need:
 * ignored files, symbolic links, and bundling at synthesis. Loading that would take longer than staging the folder.
 */
export class BundledCode extends lambda.Code {
  public readonly isInline = false;
  private assetPath?: string;

  constructor(private readonly folder: string) {
    super();
  }

  public bind(scope: Construct): lambda.CodeConfig {
    const stack = Stack.of(scope);
    const sourceHash = hashFolder(this.folder);
    this.assetPath = stageFolder(this.folder, sourceHash, stack);
    const { bucketName, objectKey } = stack.synthesizer.addFileAsset({
      packaging: FileAssetPackaging.ZIP_DIRECTORY,
      sourceHash,
      fileName: this.assetPath,
      deployTime: true,
      displayName: `${Names.stackRelativeConstructPath(scope)}/Code`,
    });
    return { s3Location: { bucketName, objectKey } };
  }

  /** Adds the metadata by which other tools find the folder, for example `cdk watch` and AWS SAM. */
  public bindToResource(resource: CfnResource, options: lambda.ResourceBindOptions = {}): void {
    if (resource.node.tryGetContext(cxapi.ASSET_RESOURCE_METADATA_ENABLED_CONTEXT)) {
      resource.addMetadata(cxapi.ASSET_RESOURCE_METADATA_PATH_KEY, this.assetPath);
      resource.addMetadata(cxapi.ASSET_RESOURCE_METADATA_IS_BUNDLED_KEY, false);
      resource.addMetadata(cxapi.ASSET_RESOURCE_METADATA_PROPERTY_KEY, options.resourceProperty ?? 'Code');
    }
  }
}

/** The paths of all files, relative to the folder. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder, name)).isFile()).sort();
}

function hashFolder(folder: string): string {
  const hash = createHash('sha256');
  for (const file of filesIn(folder)) {
    const content = readFileSync(join(folder, file));
    hash.update(`${file.split(sep).join('/')}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** Copies the folder into the cloud assembly, and returns its path relative to the manifest of the stack. */
function stageFolder(folder: string, hash: string, stack: Stack): string {
  const stage = Stage.of(stack);
  if (stage === undefined || stack.node.tryGetContext(cxapi.DISABLE_ASSET_STAGING_CONTEXT)) {
    return folder;
  }
  const staged = join(stage.assetOutdir, `asset.${hash}`);
  if (!existsSync(staged)) {
    for (const file of filesIn(folder)) {
      mkdirSync(dirname(join(staged, file)), { recursive: true });
      copyFileSync(join(folder, file), join(staged, file));
    }
  }
  return relative(stage.outdir, staged);
}
