/**
 * Keeps the stack of the jsii kernel out of what a Python, Java, Go, or .NET developer reads. The kernel passes an error on as a message and
 * as a stack, whose first lines are the message again: all findings would appear twice, with frames of a program that the developer
 * does not know between them. The host language adds its own stack, which ends in the developer's code.
 */
export function omitKernelStack(error: Error): void {
  // The runtimes of these languages set it to their name and version.
  if (process.env.JSII_AGENT === undefined) {
    return;
  }
  // A constructor's error reaches the host language as it is.
  Object.defineProperty(error, 'stack', { value: '', enumerable: false, configurable: true, writable: true });
  omitStackOfErrorsMadeFrom(error.name);
}

/**
 * Of an error in a method, the kernel makes a new one, whose message is the text of ours. Only the function that formats stacks can
 * leave its stack out.
 */
function omitStackOfErrorsMadeFrom(errorName: string): void {
  if (!replacedFor.has(errorName)) {
    replacedFor.add(errorName);
    const format = Error.prepareStackTrace ?? formatLikeNode;
    Error.prepareStackTrace = (error, frames): unknown => (error.message.startsWith(`${errorName}: `) ? '' : format(error, frames));
  }
}

/** A process has one function that formats stacks, so it is replaced once. */
const replacedFor = new Set<string>();

function formatLikeNode(error: Error, frames: readonly NodeJS.CallSite[]): string {
  return [String(error), ...frames.map((frame) => `    at ${String(frame)}`)].join('\n');
}
