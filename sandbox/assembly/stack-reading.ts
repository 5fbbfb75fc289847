import type { AssemblyStack, CloudAssembly } from './cloud-assembly';
import type { TemplateResolver } from './intrinsics';

/** What the readers of one stack share. */
export interface StackReading {
  readonly stack: AssemblyStack;
  readonly assembly: CloudAssembly;
  readonly region: string;
  readonly resolver: TemplateResolver;
  /** The resources of a type that exist in the stack. */
  ofType(type: string): Array<[logicalId: string, properties: Readonly<Record<string, unknown>>]>;
}
