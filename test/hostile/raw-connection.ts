import { connect } from 'node:net';

/** The status of the first answer; `closed` without any. */
export type Reply = number | 'closed' | 'silence';

const PATIENCE_MS = 20_000;

/** Writes the bytes to a connection of its own, ends it on this side, and hears what the server says. */
export function sendRaw(port: number, bytes: Buffer): Promise<Reply> {
  return new Promise(resolve => {
    let text = '';
    const socket = connect({ port, host: '127.0.0.1' });
    const done = (reply: Reply) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(reply);
    };
    const timer = setTimeout(() => done('silence'), PATIENCE_MS);
    socket.setEncoding('latin1');
    socket.on('data', chunk => {
      text = (text + chunk).replace(/^HTTP\/1\.1 1\d\d [^\r]*\r\n\r\n/, '');
      const status = /^HTTP\/1\.1 (\d{3}) /.exec(text);
      if (status) done(Number(status[1]));
    });
    // A server that refuses what is still being written resets the connection.
    socket.on('error', () => done('closed'));
    socket.on('close', () => done('closed'));
    socket.end(bytes);
  });
}
