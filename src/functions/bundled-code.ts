import { AssetStaging, CfnResource, FileAssetPackaging, Names, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as cxapi from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';

/**
 * The code of one function, from a folder. Works like `Code.fromAsset`, but creates no construct for the asset bucket: loading
 * the CDK's Region tables for it would slow down every synthesis.
 */
export class BundledCode extends lambda.Code {
  public readonly isInline = false;
  private assetPath?: string;

  constructor(private readonly folder: string) {
    super();
  }

  public bind(scope: Construct): lambda.CodeConfig {
    const stack = Stack.of(scope);
    const asset = new Construct(scope, 'Code');
    const staging = new AssetStaging(asset, 'Stage', { sourcePath: this.folder });
    this.assetPath = staging.relativeStagedPath(stack);
    const { bucketName, objectKey } = stack.synthesizer.addFileAsset({
      packaging: FileAssetPackaging.ZIP_DIRECTORY,
      sourceHash: staging.assetHash,
      fileName: this.assetPath,
      deployTime: true,
      displayName: Names.stackRelativeConstructPath(asset),
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
