/** What is written to standard output and standard error meanwhile. */
export function captureOutput(action: () => void): string {
  const capture = startCapture();
  try {
    action();
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
