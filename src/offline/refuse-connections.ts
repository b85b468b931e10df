import dgram from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

/**
 * Takes from this thread the functions of Node that open connections. That is a policy and no barrier: it holds for all
 * JavaScript that uses Node's modules, which is all of ours and of the packages, and against a mistake or an update that begins to
 * send; native code, and code that means to get around it, could still ask the operating system. Pages have barriers of
 * their own (`main/hardening.ts`).
 */

/** A connection that this program does not open. */
export class ConnectionRefused extends Error {
  /** Like an operating system's own refusal. */
  readonly code = 'EACCES';
  override readonly name = 'ConnectionRefused';

  constructor() {
    super('VoiceSync opens no connections.');
  }
}

/** Node's own functions, as they were before: for the listener of the self-test alone. */
export const UNGUARDED = {
  listen: net.Server.prototype.listen,
  bind: dgram.Socket.prototype.bind,
} as const;

const RESOLVING = /^(lookup|lookupService|reverse|resolve\w*)$/;

let isRefusing = false;

/**
 * Refuses, in this thread and from now on, connections, datagrams, listening and the resolution of names. Local sockets and
 * pipes, which have a path and cannot leave the computer, work as before. Importing `offline.ts` does it.
 */
export function refuseConnections(): void {
  if (isRefusing) return;
  isRefusing = true;
  const connect = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]): net.Socket {
    if (isLocalPath(args)) return connect.apply(this, args as Parameters<typeof connect>);
    process.nextTick(() => this.destroy(new ConnectionRefused()));
    return this;
  } as typeof connect;
  net.Server.prototype.listen = function (this: net.Server, ...args: unknown[]): net.Server {
    if (isLocalPath(args)) return UNGUARDED.listen.apply(this, args as Parameters<typeof UNGUARDED.listen>);
    process.nextTick(() => this.emit('error', new ConnectionRefused()));
    return this;
  } as typeof UNGUARDED.listen;
  const refuse = () => {
    throw new ConnectionRefused();
  };
  Object.assign(dgram.Socket.prototype, { bind: refuse, connect: refuse, send: refuse });
  const { lookup } = dns;
  for (const resolver of [dns, dns.Resolver.prototype]) refuseResolving(resolver, withCallback);
  for (const resolver of [dns.promises, dns.promises.Resolver.prototype]) refuseResolving(resolver, rejected);
  // An address is no name: Node looks up its own, too.
  const lookupNames = dns.lookup;
  dns.lookup = ((...args: Parameters<typeof lookup>) =>
    (net.isIP(args[0]) === 0 ? lookupNames : lookup)(...args)) as typeof lookup;
  // `import { lookup } from 'node:dns'` gets them too.
  syncBuiltinESMExports();
}

/**
 * Whether the arguments of `connect` or `listen` name a socket in the file system, or a pipe of this computer. On Windows
 * `\\server\pipe\name` is a pipe of another.
 */
function isLocalPath(args: readonly unknown[]): boolean {
  // Node's own modules pass their arguments as one array.
  const [first] = Array.isArray(args[0]) ? (args[0] as unknown[]) : args;
  const path = typeof first === 'object' && first !== null ? (first as { path?: unknown }).path : first;
  if (typeof path !== 'string' || /^\d+$/.test(path)) return false;
  return process.platform !== 'win32' || /^\\\\[.?]\\pipe\\/i.test(path);
}

function refuseResolving(resolver: object, refusal: (...args: unknown[]) => unknown): void {
  for (const name of Object.keys(Object.getOwnPropertyDescriptors(resolver)).filter((key) =>
    RESOLVING.test(key),
  )) {
    Object.assign(resolver, { [name]: refusal });
  }
}

function withCallback(...args: unknown[]): void {
  const callback = args.at(-1);
  if (typeof callback !== 'function') throw new ConnectionRefused();
  process.nextTick(() => callback(new ConnectionRefused()));
}

function rejected(): Promise<never> {
  return Promise.reject(new ConnectionRefused());
}
