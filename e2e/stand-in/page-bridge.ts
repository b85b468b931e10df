/**
 * What runs inside a page: one function per world. Each is injected as source text, so that it must be
 * self-contained. The worlds share no objects; they use events whose `detail` Chromium clones, synchronously.
 */
import type { createCodec } from './ipc-codec.ts';
import type { PermissionQuestion } from './permissions.ts';

/** Names that both worlds and the main process use. */
export const PAGE_NAMES = {
  /** World of the preload script, and the function in it that calls the main process. */
  world: 'stand-in preload',
  toMain: '__standInToMain',
  /** Function in the world of the preload script that the main process calls. */
  fromMain: '__standInFromMain',
} as const;

/** A message of the preload script's world to the main process. */
export type PreloadMessage =
  | { readonly type: 'invoke'; readonly id: number; readonly channel: string; readonly args: unknown[] }
  | { readonly type: 'send'; readonly channel: string; readonly args: unknown[] }
  | {
      readonly type: 'askPermission';
      readonly id: number;
      readonly question: PermissionQuestion;
      readonly permission: string;
      readonly details: object;
    }
  | { readonly type: 'openWindow'; readonly url: string };

/** A message of the main process to the preload script's world. */
export type MainMessage =
  | { readonly type: 'answer'; readonly id: number; readonly ok: boolean; readonly value: unknown }
  | { readonly type: 'send'; readonly channel: string; readonly args: unknown[] }
  | { readonly type: 'paths'; readonly paths: Record<string, string> };

/** Runs in the preload script's world: `electron` as a sandboxed preload script has it, then the script itself. */
export function preloadWorld(
  makeCodec: typeof createCodec,
  names: typeof PAGE_NAMES,
  platform: string,
  script: (require: (name: string) => unknown, process: object, module: object, exports: object) => void,
): void {
  if (window !== window.top) return;
  const codec = makeCodec({
    encode: (bytes) => (bytes as unknown as { toBase64(): string }).toBase64(),
    decode: (text) => (Uint8Array as unknown as { fromBase64(text: string): Uint8Array }).fromBase64(text),
  });
  const world = globalThis as unknown as Record<string, (text: string) => void>;
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  const listeners = new Map<string, Set<(event: object, ...args: unknown[]) => void>>();
  const paths = new Map<string, string>();
  let lastId = 0;

  const post = (message: PreloadMessage) => world[names.toMain]?.(codec.encode(message));
  const ask = (message: (id: number) => PreloadMessage) => {
    lastId += 1;
    const id = lastId;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      try {
        post(message(id));
      } catch (error) {
        waiting.delete(id);
        reject(error);
      }
    });
  };

  world[names.fromMain] = (text) => {
    const message = codec.decode(text) as MainMessage;
    if (message.type === 'paths') {
      for (const [key, path] of Object.entries(message.paths)) paths.set(key, path);
    } else if (message.type === 'send') {
      for (const listener of [...(listeners.get(message.channel) ?? [])]) {
        listener({ sender: ipcRenderer, ports: [] }, ...message.args);
      }
    } else {
      const { resolve, reject } = waiting.get(message.id) ?? {};
      waiting.delete(message.id);
      if (message.ok) resolve?.(message.value);
      else reject?.(message.value);
    }
  };

  const ipcRenderer = {
    invoke: (channel: string, ...args: unknown[]) => ask((id) => ({ type: 'invoke', id, channel, args })),
    send: (channel: string, ...args: unknown[]) => post({ type: 'send', channel, args }),
    on(channel: string, listener: (event: object, ...args: unknown[]) => void) {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
      return ipcRenderer;
    },
    off(channel: string, listener: (event: object, ...args: unknown[]) => void) {
      listeners.get(channel)?.delete(listener);
      return ipcRenderer;
    },
    removeListener: (channel: string, listener: (event: object, ...args: unknown[]) => void) =>
      ipcRenderer.off(channel, listener),
  };

  // What the page may call: functions of the exposed objects by index; and its own callbacks, the other way.
  const functions: ((...args: unknown[]) => unknown)[] = [];
  const tell = (detail: unknown) => dispatchEvent(new CustomEvent('stand-in:to-page', { detail }));
  const describe = (value: unknown): unknown => {
    if (typeof value === 'function') return { $function: functions.push(value as never) - 1 };
    if (Array.isArray(value)) return value.map(describe);
    if (Object.prototype.toString.call(value) !== '[object Object]') return value;
    return Object.fromEntries(Object.entries(value as object).map(([key, item]) => [key, describe(item)]));
  };
  const callable = (value: unknown) => {
    const { $callback } = (value ?? {}) as { $callback?: number };
    if ($callback === undefined) return value;
    return (...args: unknown[]) => void tell({ type: 'callback', callback: $callback, args });
  };
  const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
  const exposed: { key: string; api: unknown }[] = [];

  addEventListener('stand-in:to-preload', (event) => {
    const detail = (event as CustomEvent).detail as
      | { type: 'hello' }
      | { type: 'call'; call: number; function: number; args: unknown[] }
      | {
          type: 'askPermission';
          call: number;
          question: PermissionQuestion;
          permission: string;
          details: object;
        }
      | { type: 'openWindow'; url: string };
    if (detail.type === 'hello') {
      for (const { key, api } of exposed) tell({ type: 'expose', key, api });
      return;
    }
    if (detail.type === 'openWindow') {
      post(detail);
      return;
    }
    const { call } = detail;
    const settle = (promise: PromiseLike<unknown>) =>
      promise.then(
        (value) => tell({ type: 'settled', call, ok: true, value: describe(value) }),
        (error) => tell({ type: 'settled', call, ok: false, value: messageOf(error) }),
      );
    if (detail.type === 'askPermission') {
      const { question, permission, details } = detail;
      settle(ask((id) => ({ type: 'askPermission', id, question, permission, details })));
      return;
    }
    try {
      const value = functions[detail.function]?.(...detail.args.map(callable));
      if (value instanceof Promise) {
        tell({ type: 'pending', call });
        settle(value);
      } else tell({ type: 'returned', call, ok: true, value: describe(value) });
    } catch (error) {
      tell({ type: 'returned', call, ok: false, value: messageOf(error) });
    }
  });

  const electron = {
    ipcRenderer,
    contextBridge: {
      exposeInMainWorld(key: string, api: unknown) {
        const described = { key, api: describe(api) };
        exposed.push(described);
        tell({ type: 'expose', ...described });
      },
    },
    webUtils: {
      getPathForFile: (file: File) => paths.get(`${file.name}|${file.size}|${file.lastModified}`) ?? '',
    },
  };
  const require = (name: string) => {
    if (name === 'electron' || name === 'electron/renderer') return electron;
    throw new Error(`A sandboxed preload script cannot require ${name}.`);
  };
  const module = { exports: {} };
  const process = {
    platform,
    type: 'renderer',
    sandboxed: true,
    contextIsolated: true,
    env: {},
    versions: {},
  };
  script(require, process, module, module.exports);
}

/**
 * Runs in the page's main world: exposes the preload script's API, and asks the app before microphone and windows.
 * @param hasLoopback whether the last of Chromium's fake microphones is what the computer plays; else it has no way to it.
 */
export function pageWorld(hasLoopback: boolean): void {
  if (window !== window.top) return;
  type Settled = { resolve(value: unknown): void; reject(error: unknown): void };
  const waiting = new Map<number, Settled>();
  const callbacks: ((...args: unknown[]) => void)[] = [];
  let lastCall = 0;
  // A call may be re-entered while another is running: the innermost outcome is the last.
  const outcomes: ({ type: 'returned'; ok: boolean; value: unknown } | { type: 'pending' })[] = [];

  const tell = (detail: unknown) => dispatchEvent(new CustomEvent('stand-in:to-preload', { detail }));
  const later = (call: number) =>
    new Promise((resolve, reject) => {
      waiting.set(call, { resolve, reject });
    });
  const carry = (value: unknown) =>
    typeof value === 'function' ? { $callback: callbacks.push(value as never) - 1 } : value;

  function build(value: unknown): unknown {
    if (Array.isArray(value)) return Object.freeze(value.map(build));
    if (Object.prototype.toString.call(value) !== '[object Object]') return value;
    const { $function } = value as { $function?: number };
    if ($function !== undefined) return (...args: unknown[]) => invoke($function, args);
    return Object.freeze(
      Object.fromEntries(Object.entries(value as object).map(([key, item]) => [key, build(item)])),
    );
  }

  function invoke(target: number, args: unknown[]): unknown {
    lastCall += 1;
    const call = lastCall;
    const answer = later(call);
    tell({ type: 'call', call, function: target, args: args.map(carry) });
    const result = outcomes.pop();
    if (result?.type === 'pending') return answer;
    waiting.delete(call);
    if (result?.type !== 'returned') throw new Error('The preload script has not answered.');
    if (!result.ok) throw new Error(String(result.value));
    return build(result.value);
  }

  addEventListener('stand-in:to-page', (event) => {
    const detail = (event as CustomEvent).detail;
    if (detail.type === 'expose') {
      if (!(detail.key in window)) {
        Object.defineProperty(window, detail.key, { value: build(detail.api), enumerable: true });
      }
    } else if (detail.type === 'callback') callbacks[detail.callback]?.(...detail.args);
    else if (detail.type === 'settled') {
      const { resolve, reject } = waiting.get(detail.call) ?? {};
      waiting.delete(detail.call);
      if (detail.ok) resolve?.(build(detail.value));
      else reject?.(new Error(detail.value));
    } else outcomes.push(detail);
  });
  tell({ type: 'hello' });

  window.open = (url) => {
    tell({ type: 'openWindow', url: new URL(url ?? 'about:blank', location.href).href });
    return null;
  };

  const isPermitted = (question: PermissionQuestion, permission: string, details: object) => {
    lastCall += 1;
    const answer = later(lastCall);
    tell({ type: 'askPermission', call: lastCall, question, permission, details });
    return answer;
  };
  const denied = () => new DOMException('Permission denied', 'NotAllowedError');

  const media = navigator.mediaDevices as MediaDevices | undefined;
  const getUserMedia = media?.getUserMedia.bind(media);
  const enumerateDevices = media?.enumerateDevices.bind(media);
  if (media === undefined || getUserMedia === undefined || enumerateDevices === undefined) return;
  media.getUserMedia = async (constraints) => {
    const mediaTypes = [...(constraints?.audio ? ['audio'] : []), ...(constraints?.video ? ['video'] : [])];
    const mediaType = constraints?.video ? 'video' : 'audio';
    if (!(await isPermitted('request', 'media', { mediaTypes, mediaType }))) throw denied();
    return getUserMedia(constraints);
  };
  media.enumerateDevices = async () => {
    const devices = await enumerateDevices();
    if (await isPermitted('check', 'media', { mediaType: 'audio' })) return devices;
    return devices.map(({ kind }) => ({ kind, deviceId: '', groupId: '', label: '' }) as MediaDeviceInfo);
  };
  media.getDisplayMedia = async () => {
    if (!(await isPermitted('display', 'display-capture', { mediaTypes: ['video', 'audio'] })))
      throw denied();
    if (!hasLoopback) throw new DOMException('There is no loopback here.', 'NotSupportedError');
    const { deviceId } = (await enumerateDevices()).findLast(({ kind }) => kind === 'audioinput') ?? {};
    return getUserMedia({ audio: { ...(deviceId && { deviceId: { exact: deviceId } }) } });
  };
}
