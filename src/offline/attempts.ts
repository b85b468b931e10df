import { createSocket } from 'node:dgram';
import dns from 'node:dns';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import { type EgressEnd, type EgressTarget, PROCESS_WAYS, type ProcessWay } from '../contract/egress.ts';
import { ConnectionRefused } from './refuse-connections.ts';

/** How long an attempt may take, in milliseconds: to a listener on the same computer. */
const PATIENCE_MS = 3000;

/** Each way of a process: begins, and settles when it is decided. What it opened it closes. */
const ATTEMPTS: Readonly<Record<ProcessWay, (target: EgressTarget) => Promise<unknown>>> = {
  tcp: ({ tcpPort }) => opened(net.connect(tcpPort, '127.0.0.1'), 'connect'),
  tls: ({ tcpPort }) => opened(tls.connect({ port: tcpPort, host: '127.0.0.1' }), 'secureConnect'),
  http: ({ tcpPort }) => answered(http.get(`http://127.0.0.1:${tcpPort}/`)),
  https: ({ tcpPort }) => answered(https.get(`https://127.0.0.1:${tcpPort}/`)),
  http2: ({ tcpPort }) => {
    const session = http2.connect(`http://127.0.0.1:${tcpPort}`);
    // It says that it is connected before its socket is.
    return new Promise<void>((resolve, reject) => {
      session.once('close', resolve).once('error', reject);
    }).finally(() => session.destroy());
  },
  nodeFetch: ({ tcpPort }) => fetch(`http://127.0.0.1:${tcpPort}/`),
  nodeWebSocket: ({ tcpPort }) =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(`ws://127.0.0.1:${tcpPort}/`);
      socket.addEventListener('open', resolve);
      // The event names no reason.
      socket.addEventListener('error', (event) => reject((event as { error?: unknown }).error ?? event));
    }),
  udp: async ({ udpPort }) => {
    const socket = createSocket('udp4');
    try {
      await new Promise<void>((resolve, reject) => {
        socket.once('error', reject);
        socket.send('self-test', udpPort, '127.0.0.1', (error) => (error ? reject(error) : resolve()));
      });
    } finally {
      socket.close();
    }
  },
  // A name of this computer: should it be resolved after all, nobody else is asked.
  dnsLookup: () => dns.promises.lookup('localhost'),
  dnsQuery: async ({ udpPort }) => {
    const resolver = new dns.promises.Resolver({ timeout: 300, tries: 1 });
    resolver.setServers([`127.0.0.1:${udpPort}`]);
    await resolver.resolve4('self-test.invalid');
  },
  listen: () =>
    new Promise((resolve, reject) => {
      const server = net.createServer();
      server.once('error', reject);
      server.listen(0, '127.0.0.1', () => server.close(resolve));
    }),
};

/** Tries one way from this thread, and tells how it ended. Throws nothing. */
export async function attempt(way: ProcessWay, target: EgressTarget): Promise<EgressEnd> {
  const late = Promise.withResolvers<'late'>();
  const timer = setTimeout(late.resolve, PATIENCE_MS, 'late');
  try {
    await Promise.race([ATTEMPTS[way](target), late.promise]);
    return { how: 'nothing', detail: '' };
  } catch (error) {
    return endOf(error);
  } finally {
    clearTimeout(timer);
  }
}

/** Tries every way from this thread, one after the other. Throws nothing. */
export async function attemptAll(target: EgressTarget): Promise<Record<ProcessWay, EgressEnd>> {
  const ends: Partial<Record<ProcessWay, EgressEnd>> = {};
  for (const way of PROCESS_WAYS) ends[way] = await attempt(way, target);
  return ends as Record<ProcessWay, EgressEnd>;
}

function endOf(error: unknown): EgressEnd {
  // `fetch` and others put their own error around it.
  for (let one: unknown = error; one instanceof Error; one = one.cause) {
    if (one instanceof ConnectionRefused || one.name === 'ConnectionRefused')
      return { how: 'blocked', detail: one.name };
  }
  const { code, name } = error as { code?: unknown; name?: unknown };
  return { how: 'error', detail: String(code ?? name ?? typeof error).slice(0, 80) };
}

/** Waits until a connection is open, and closes it. */
function opened(socket: NodeJS.EventEmitter & { destroy(): void }, event: string): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    socket.once(event, resolve).once('error', reject);
  }).finally(() => socket.destroy());
}

function answered(request: http.ClientRequest): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    request.once('response', () => resolve()).once('error', reject);
  }).finally(() => request.destroy());
}
