import { createSocket } from 'node:dgram';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EgressTarget } from '../contract/egress.ts';
import { UNGUARDED } from './refuse-connections.ts';

/** What an attempt to connect would reach, on the loopback interface. Counts what arrives, and keeps none of it. */
export class Listener {
  readonly target: EgressTarget;
  readonly #close: () => void;
  readonly #count: () => number;

  private constructor(target: EgressTarget, count: () => number, close: () => void) {
    this.target = target;
    this.#count = count;
    this.#close = close;
  }

  /** Opens it on free ports. Throws what Node throws. */
  static async open(): Promise<Listener> {
    let arrived = 0;
    const count = () => {
      arrived += 1;
    };
    const server = createServer((_request, response) => {
      response.writeHead(204, { 'Access-Control-Allow-Origin': '*', Connection: 'close' }).end();
    });
    // A connection counts, whatever is said on it.
    server.on('connection', count).on('clientError', (_error, socket) => socket.destroy());
    const datagrams = createSocket('udp4').on('message', count);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).once('listening', resolve);
      UNGUARDED.listen.call(server, { port: 0, host: '127.0.0.1' });
    });
    await new Promise<void>((resolve, reject) => {
      datagrams.once('error', reject).once('listening', resolve);
      UNGUARDED.bind.call(datagrams, { port: 0, address: '127.0.0.1' });
    });
    const { port: tcpPort } = server.address() as AddressInfo;
    const { port: udpPort } = datagrams.address();
    const close = () => {
      server.close();
      server.closeAllConnections();
      datagrams.close();
    };
    return new Listener({ tcpPort, udpPort }, () => arrived, close);
  }

  /** How many connections and datagrams have arrived so far. */
  get arrived(): number {
    return this.#count();
  }

  close(): void {
    this.#close();
  }
}
