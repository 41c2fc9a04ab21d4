import { Socket } from 'node:net';

/** Notes every connection that this process opens, and lets none out but to its own servers. */
export class Connections {
  /** Where somebody tried to connect to that is no server of this process. */
  public readonly refused: string[] = [];
  private readonly real = Socket.prototype.connect;

  public constructor(ownPorts: ReadonlySet<number>) {
    const { refused, real } = this;
    Socket.prototype.connect = function (this: Socket, ...args: unknown[]) {
      // Node's own call passes its arguments as one list, marked as normalized.
      const [first] = args.flat() as [{ host?: string; port?: number; path?: string }];
      const host = first.host ?? 'localhost';
      if (host === '127.0.0.1' && ownPorts.has(Number(first.port))) {
        return (real as (...passed: unknown[]) => Socket).apply(this, args);
      }
      refused.push(`${first.path ?? host}:${first.port}`);
      process.nextTick(() => this.destroy(new Error('this test lets nothing out')));
      return this;
    } as typeof real;
  }

  public restore(): void {
    Socket.prototype.connect = this.real;
  }
}
