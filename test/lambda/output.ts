/** What is written to standard output and standard error meanwhile, and in the same turn of the event loop. */
export async function captureOutput(action: () => void): Promise<string> {
  const capture = startCapture();
  try {
    action();
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    capture.stop();
  }
  return capture.text();
}

export function startCapture(): { text(): string; stop(): void } {
  let text = '';
  const spies = [process.stdout, process.stderr].map((stream) => jest.spyOn(stream, 'write').mockImplementation((chunk) => {
    text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
    return true;
  }));
  return { text: () => text, stop: () => spies.forEach((spy) => spy.mockRestore()) };
}
