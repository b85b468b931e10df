import { EventEmitter } from 'node:events';
import type { CustomScheme, Protocol, Session, WebRequest } from 'electron';
import { namingMissing } from './missing.ts';
import { schemeOf } from './scheme-mapping.ts';

type RequestListener = Parameters<WebRequest['onBeforeRequest']>[0];
type HeadersListener = Parameters<WebRequest['onHeadersReceived']>[0];
type PermissionHandlers = {
  request: Parameters<Session['setPermissionRequestHandler']>[0];
  check: Parameters<Session['setPermissionCheckHandler']>[0];
  display: Parameters<Session['setDisplayMediaRequestHandler']>[0];
};
type Handler = (request: Request) => Response | Promise<Response>;

const privileged = new Map<string, CustomScheme>();

/** The schemes that the app has registered as privileged, in order. */
export const privilegedSchemes = (): string[] => [...privileged.keys()];

class StandInProtocol implements Partial<Protocol> {
  private readonly handlers = new Map<string, Handler>();

  handle(scheme: string, handler: Handler): void {
    if (this.handlers.has(scheme)) throw new Error(`The scheme ${scheme} has a handler already.`);
    if (!privileged.has(scheme)) throw new Error(`The scheme ${scheme} was not registered as privileged.`);
    this.handlers.set(scheme, handler);
  }

  unhandle(scheme: string): void {
    this.handlers.delete(scheme);
  }

  isProtocolHandled(scheme: string): boolean {
    return this.handlers.has(scheme);
  }

  handlerOf(url: string): Handler | undefined {
    return this.handlers.get(schemeOf(url));
  }
}

class StandInWebRequest implements Partial<WebRequest> {
  beforeRequest: RequestListener | null = null;
  headersReceived: HeadersListener | null = null;

  onBeforeRequest(...args: unknown[]): void {
    this.beforeRequest = args.at(-1) as RequestListener | null;
  }

  onHeadersReceived(...args: unknown[]): void {
    this.headersReceived = args.at(-1) as HeadersListener | null;
  }
}

class StandInSession
  extends EventEmitter
  implements Partial<Omit<Session, keyof EventEmitter | 'protocol' | 'webRequest'>>
{
  readonly protocol = namingMissing('session.protocol', new StandInProtocol());
  readonly webRequest = namingMissing('session.webRequest', new StandInWebRequest());
  readonly permissions: PermissionHandlers = { request: null, check: null, display: null };

  setPermissionRequestHandler(handler: PermissionHandlers['request']): void {
    this.permissions.request = handler;
  }

  setPermissionCheckHandler(handler: PermissionHandlers['check']): void {
    this.permissions.check = handler;
  }

  setDisplayMediaRequestHandler(handler: PermissionHandlers['display']): void {
    this.permissions.display = handler;
  }

  isPersistent(): boolean {
    return false;
  }

  getStoragePath(): null {
    return null;
  }

  setDevicePermissionHandler(): void {}
  setBluetoothPairingHandler(): void {}
  setUSBProtectedClassesHandler(): void {}
  setCertificateVerifyProc(): void {}
  setSpellCheckerEnabled(): void {}
  setSpellCheckerLanguages(): void {}
  setSSLConfig(): void {}
  setUserAgent(): void {}
  allowNTLMCredentialsForDomains(): void {}
  async setProxy(): Promise<void> {}
  async closeAllConnections(): Promise<void> {}
  async clearCache(): Promise<void> {}
  async clearCodeCaches(): Promise<void> {}
  async clearStorageData(): Promise<void> {}
  async clearData(): Promise<void> {}
  async clearHostResolverCache(): Promise<void> {}
  async clearAuthCache(): Promise<void> {}
}

/** One partition. */
export type AppSession = StandInSession;

const partitions = new Map<string, StandInSession>();

function fromPartition(name: string): StandInSession {
  const known = partitions.get(name);
  if (known) return known;
  const made = namingMissing('session', new StandInSession());
  partitions.set(name, made);
  return made;
}

/** The partitions. All of them share Chromium's one profile, which is deleted at the end. */
export const session = namingMissing('session', {
  fromPartition,
  get defaultSession() {
    return fromPartition('');
  },
});

/** The scheme handlers of the default session, and the privileges of schemes. */
export const protocol = namingMissing('protocol', {
  registerSchemesAsPrivileged: (schemes: CustomScheme[]) => {
    for (const scheme of schemes) privileged.set(scheme.scheme, scheme);
  },
  handle: (scheme: string, handler: Handler) => fromPartition('').protocol.handle(scheme, handler),
  unhandle: (scheme: string) => fromPartition('').protocol.unhandle(scheme),
  isProtocolHandled: (scheme: string) => fromPartition('').protocol.isProtocolHandled(scheme),
} satisfies Partial<Protocol>);
