import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A mail server that follows a script. */
export interface ScriptedServer {
  readonly port: number;
  readonly commands: string[];
  stop(): Promise<void>;
}

/**
 * A server that accepts everything but one step.
 *
 * @param script the step, and its answer: `-` for none, `!` for the end of the connection. `DATA2` is the end of a mail.
 */
export async function scriptedServer(script: string, extensions: readonly string[] = []): Promise<ScriptedServer> {
  const [, step, answer] = /^(\S+) ([^]*)$/.exec(script) ?? ['', '', ''];
  const commands: string[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    const reply = (name: string, usual: string): void => {
      if (name !== step) socket.write(`${usual}\r\n`);
      else if (answer === '!') socket.destroy();
      else if (answer !== '-') socket.write(`${answer}\r\n`);
    };
    let isData = false;
    let rest = '';
    reply('GREETING', '220 ready');
    socket.on('data', (chunk) => {
      rest += chunk.toString('utf8');
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (isData && line !== '.') continue;
        const command = isData ? 'DATA2' : line.split(' ')[0];
        isData = command === 'DATA' && step !== 'DATA';
        commands.push(line);
        const usual = { EHLO: ['server', ...extensions].map((each, index, all) => `250${index < all.length - 1 ? '-' : ' '}${each}`).join('\r\n'), DATA: '354 go' };
        reply(command, command === 'EHLO' || command === 'DATA' ? usual[command] : command === 'AUTH' ? '235 ok' : '250 ok');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    commands,
    stop: async () => {
      sockets.forEach((socket) => socket.destroy());
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
