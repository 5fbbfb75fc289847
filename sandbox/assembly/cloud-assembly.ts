import * as fs from 'fs';
import * as path from 'path';
import { AssemblyError, isObject, type Template } from './template';

/** A stack of an assembly. */
export interface AssemblyStack {
  readonly name: string;
  /** Undefined when the stack is not bound to a region. */
  readonly region?: string;
  readonly template: Template;
}

/** A cloud assembly: the directory that `cdk synth` writes. */
export class CloudAssembly {
  public readonly stacks: AssemblyStack[] = [];
  /** From the key of an object in the assets' bucket to the folder or file that it is made of. */
  private readonly assets = new Map<string, string>();

  constructor(public readonly directory: string) {
    this.read(directory);
  }

  /** The folder that an asset is made of. */
  public assetFolder(objectKey: string, where: string): string {
    const folder = this.assets.get(objectKey);
    if (folder === undefined) {
      throw new AssemblyError(`${where}: no asset of ${this.directory} has the key ${objectKey}`);
    }
    if (!fs.existsSync(folder) || !fs.statSync(folder).isDirectory()) {
      throw new AssemblyError(`${where}: ${folder} is no folder; the sandbox runs code that is a folder of the assembly`);
    }
    return folder;
  }

  private read(directory: string): void {
    const manifest = readJson(path.join(directory, 'manifest.json'), 'this is no cloud assembly: run `cdk synth`, and give the directory that it wrote');
    for (const [id, artifact] of Object.entries(isObject(manifest.artifacts) ? manifest.artifacts : {})) {
      const { type, properties, environment } = isObject(artifact) ? artifact : {};
      const settings = isObject(properties) ? properties : {};
      if (type === 'aws:cloudformation:stack') {
        this.stacks.push({
          name: String(settings.stackName ?? id),
          region: regionOf(String(environment ?? '')),
          template: readJson(path.join(directory, String(settings.templateFile)), 'the assembly is incomplete'),
        });
      } else if (type === 'cdk:asset-manifest') {
        this.readAssets(directory, path.join(directory, String(settings.file)));
      } else if (type === 'cdk:cloud-assembly') {
        this.read(path.join(directory, String(settings.directoryName)));
      }
    }
  }

  private readAssets(directory: string, file: string): void {
    const { files } = readJson(file, 'the assembly is incomplete');
    for (const asset of Object.values(isObject(files) ? files : {})) {
      const { source, destinations } = isObject(asset) ? asset : {};
      for (const destination of Object.values(isObject(destinations) ? destinations : {})) {
        if (isObject(source) && isObject(destination)) {
          this.assets.set(String(destination.objectKey), path.resolve(directory, String(source.path)));
        }
      }
    }
  }
}

/** The region of `aws://account/region`. */
function regionOf(environment: string): string | undefined {
  const region = /^aws:\/\/[^/]+\/(.+)$/.exec(environment)?.[1];
  return region === 'unknown-region' ? undefined : region;
}

function readJson(file: string, otherwise: string): Template & { readonly [name: string]: unknown } {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as Template & { readonly [name: string]: unknown };
  } catch (error) {
    throw new AssemblyError(`cannot read ${file}: ${(error as Error).message}; ${otherwise}`);
  }
}
