import { EventEmitter } from 'node:events';
import type { App, Session, WebContents } from 'electron';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { CAPTURE_PAGE, CaptureAccess } from './capture-access.ts';
import { HARDENED_PAGE, hardenBeforeReady, hardenContents, hardenedSession } from './hardening.ts';

/** The app's calls to Electron; the specs test Electron itself, if installed. */
const told = vi.hoisted(() => ({
  partitions: [] as unknown[],
  schemes: [] as unknown[],
  session: {} as Record<string, (...args: unknown[]) => unknown>,
}));
vi.mock('electron', () => ({
  protocol: { registerSchemesAsPrivileged: (schemes: unknown[]) => told.schemes.push(...schemes) },
  session: {
    fromPartition: (...args: unknown[]) => {
      told.partitions.push(args);
      return told.session;
    },
  },
}));

/** A session that records its handlers, by their setters' names. */
class HandedSession extends EventEmitter {
  readonly handlers = new Map<string, (...args: never[]) => unknown>();
  readonly webRequest = { onBeforeRequest: this.#keep('onBeforeRequest') };
  readonly setPermissionRequestHandler = this.#keep('permissionRequest');
  readonly setPermissionCheckHandler = this.#keep('permissionCheck');
  readonly setDevicePermissionHandler = this.#keep('device');
  readonly setDisplayMediaRequestHandler = this.#keep('display');
  readonly setSpellCheckerEnabled = vi.fn();

  ask(name: string, ...args: unknown[]): unknown {
    return (this.handlers.get(name) as ((...given: unknown[]) => unknown) | undefined)?.(...args);
  }

  #keep(name: string) {
    return (handler: (...args: never[]) => unknown) => void this.handlers.set(name, handler);
  }
}

const isPrevented = (emitter: EventEmitter, name: string, details: object = {}) => {
  const event = { ...details, preventDefault: vi.fn() };
  emitter.emit(name, event);
  return event.preventDefault.mock.calls.length > 0;
};

describe('the window’s session', () => {
  let own: HandedSession;
  let access: CaptureAccess;
  const pedal = { vendorId: 0x05f3, productId: 0x00ff };
  beforeEach(() => {
    own = new HandedSession();
    told.session = own as never;
    told.partitions.length = 0;
    access = new CaptureAccess();
    const isChosen = ({ vendorId }: { vendorId: number }) => vendorId === pedal.vendorId;
    expect(hardenedSession(access, isChosen)).toBe(own as unknown as Session);
  });

  test('is in memory, without cache', () => {
    expect(told.partitions).toEqual([['voicesync', { cache: false }]]);
  });

  test('asks for nothing but the app’s own addresses', () => {
    const isCancelled = (url: string) => {
      const answer = vi.fn();
      own.ask('onBeforeRequest', { url }, answer);
      return answer.mock.calls[0]?.[0].cancel;
    };
    expect(isCancelled('app://bundle/index.html')).toBe(false);
    for (const url of [
      'app://bundle.example.org/',
      'app://print/1',
      'https://example.org/',
      'http://127.0.0.1/',
      'ws://localhost/',
      'file:///etc/passwd',
      'blob:https://example.org/1',
      'devtools://devtools/bundled/inspector.html',
    ]) {
      expect([url, isCancelled(url)]).toEqual([url, true]);
    }
  });

  describe('gives sound', () => {
    const frame = { url: CAPTURE_PAGE };
    const page = { mainFrame: frame } as unknown as WebContents;
    const ofPage = { isMainFrame: true, requestingUrl: CAPTURE_PAGE };
    const microphone = { ...ofPage, mediaTypes: ['audio'], mediaType: 'audio' };
    const isGiven = (permission: string, details: object, contents: WebContents | null = page) => {
      const answer = vi.fn();
      own.ask('permissionRequest', contents, permission, answer, details);
      return answer.mock.calls[0]?.[0];
    };
    const isNamed = (details: object, contents: WebContents | null = page) =>
      own.ask('permissionCheck', contents, 'media', '', details);
    const loopback = (asking: object | null) => {
      const answer = vi.fn();
      own.ask('display', { frame: asking }, answer);
      return answer.mock.calls[0]?.[0];
    };
    beforeEach(() => {
      access.page = page;
    });

    test('to the capture page, from when a session asks for an input until it is closed', () => {
      expect(isGiven('media', microphone)).toBe(false);
      access.allow('a', 'microphone');
      expect(isGiven('media', microphone)).toBe(true);
      access.allow('b', 'microphone');
      access.withdraw('a', 'microphone');
      expect(isGiven('media', microphone)).toBe(true);
      access.withdraw('b', 'microphone');
      expect(isGiven('media', microphone)).toBe(false);
      access.allow('c', 'microphone');
      access.page = { mainFrame: frame } as unknown as WebContents;
      expect(isGiven('media', microphone)).toBe(false);
    });

    test('to no other page or frame, and never a picture', () => {
      access.allow('a', 'microphone');
      access.allow('a', 'system');
      expect(isGiven('media', microphone, {} as WebContents)).toBe(false);
      expect(isGiven('media', microphone, null)).toBe(false);
      expect(isGiven('media', { ...microphone, isMainFrame: false })).toBe(false);
      expect(isGiven('media', { ...microphone, requestingUrl: 'app://bundle/index.html' })).toBe(false);
      expect(isGiven('media', { ...microphone, mediaTypes: ['audio', 'video'] })).toBe(false);
      expect(isGiven('media', { ...microphone, mediaTypes: ['video'] })).toBe(false);
      expect(loopback({ url: CAPTURE_PAGE })).toEqual({});
      expect(loopback(null)).toEqual({});
    });

    test('of the computer itself only where a session asks for that', () => {
      access.allow('a', 'microphone');
      expect(isGiven('display-capture', ofPage)).toBe(false);
      expect(loopback(frame)).toEqual({});
      access.allow('a', 'system');
      expect(isGiven('display-capture', ofPage)).toBe(true);
      expect(isGiven('display-capture', { ...ofPage, requestingUrl: 'app://bundle/index.html' })).toBe(false);
      expect(loopback(frame)).toEqual({ video: frame, audio: 'loopback' });
      access.withdraw('a', 'system');
      expect(isGiven('display-capture', ofPage)).toBe(false);
      expect(loopback(frame)).toEqual({});
    });

    test('with the names of the microphones to the capture page alone', () => {
      expect(isNamed(microphone)).toBe(true);
      expect(isNamed({ ...microphone, mediaType: 'video' })).toBe(false);
      expect(isNamed(microphone, {} as WebContents)).toBe(false);
      expect(isNamed({ ...microphone, requestingUrl: 'app://bundle/index.html' })).toBe(false);
    });
  });

  test('permits nothing else', () => {
    access.allow('a', 'microphone');
    const asked = (permission: string, details: object) => {
      const answer = vi.fn();
      own.ask('permissionRequest', null, permission, answer, details);
      return [answer.mock.calls[0]?.[0], own.ask('permissionCheck', null, permission, '', details)];
    };
    for (const permission of [
      'geolocation',
      'notifications',
      'clipboard-read',
      'openExternal',
      'usb',
      'serial',
    ]) {
      expect([permission, asked(permission, {})]).toEqual([permission, [false, false]]);
    }
  });

  test('gives no device but an input device that the user has chosen, to its own page', () => {
    const asked = { deviceType: 'hid', origin: 'app://bundle/', device: pedal };
    expect(own.ask('device', asked)).toBe(true);
    expect(own.ask('device', { ...asked, device: { vendorId: 1, productId: 1 } })).toBe(false);
    expect(own.ask('device', { ...asked, deviceType: 'usb' })).toBe(false);
    expect(own.ask('device', { ...asked, deviceType: 'serial' })).toBe(false);
    for (const origin of ['https://example.org/', 'app://bundle.example.org', 'app://print']) {
      expect([origin, own.ask('device', { ...asked, origin })]).toEqual([origin, false]);
    }
    expect(own.ask('permissionCheck', null, 'hid', '', { isMainFrame: true })).toBe(true);
    expect(own.ask('permissionCheck', null, 'hid', '', { isMainFrame: false })).toBe(false);
    const answer = vi.fn();
    own.ask('permissionRequest', null, 'hid', answer, {});
    expect(answer.mock.calls).toEqual([[false]]);
  });

  test('takes no download', () => {
    expect(isPrevented(own, 'will-download')).toBe(true);
    expect(own.setSpellCheckerEnabled.mock.calls).toEqual([[false]]);
  });
});

test('a page gets nowhere else: it can only be loaded anew', () => {
  const contents = Object.assign(new EventEmitter(), {
    getURL: () => 'app://bundle/index.html',
    open: null as ((details: object) => object) | null,
    setWindowOpenHandler(handler: (details: object) => object) {
      this.open = handler;
    },
  });
  hardenContents(contents as unknown as WebContents);
  expect(contents.open?.({ url: 'https://example.org/' })).toEqual({ action: 'deny' });
  const isDenied = (isMainFrame: boolean, url: string) =>
    isPrevented(contents, 'will-frame-navigate', { isMainFrame, url });
  expect(isDenied(true, 'app://bundle/index.html')).toBe(false);
  expect(isDenied(false, 'app://bundle/index.html')).toBe(true);
  expect(isDenied(true, 'app://bundle/other.html')).toBe(true);
  expect(isDenied(true, 'https://example.org/')).toBe(true);
  expect(isPrevented(contents, 'will-redirect')).toBe(true);
  expect(isPrevented(contents, 'will-attach-webview')).toBe(true);
});

test('pages are sandboxed and isolated, without Node', () => {
  expect(HARDENED_PAGE).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
    spellcheck: false,
  });
});

test('before it is ready the app is sandboxed, offline, and its scheme bypasses no policy', () => {
  const switches = new Map<string, string | undefined>();
  const enableSandbox = vi.fn();
  const appendSwitch = (name: string, value?: string) => void switches.set(name, value);
  hardenBeforeReady({ enableSandbox, commandLine: { appendSwitch } } as unknown as App);
  expect(enableSandbox).toHaveBeenCalledOnce();
  expect(switches.get('host-resolver-rules')).toBe('MAP * ~NOTFOUND');
  expect(switches.get('proxy-server')).toMatch(/^http:\/\/127\.0\.0\.1:9$/);
  expect(switches.get('proxy-bypass-list')).toBe('<-loopback>');
  expect(switches.get('force-webrtc-ip-handling-policy')).toBe('disable_non_proxied_udp');
  for (const name of ['disable-component-update', 'disable-background-networking', 'disable-breakpad']) {
    expect([name, switches.has(name)]).toEqual([name, true]);
  }
  expect(switches.has('enable-speech-dispatcher')).toBe(process.platform === 'linux');
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: false };
  expect(told.schemes).toEqual([{ scheme: 'app', privileges }]);
});
