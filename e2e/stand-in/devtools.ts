import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { CDPSession } from '@playwright/test';

/** One session of the DevTools protocol: with the browser, or with a target in it. */
export interface DevToolsSession {
  readonly send: CDPSession['send'];
  readonly on: CDPSession['on'];
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
  readonly sessionId?: string;
}

interface Pending {
  readonly method: string;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** Speaks the DevTools protocol over a browser's pipe: JSON messages, each terminated by NUL. */
export class DevTools {
  private readonly pending = new Map<number, Pending>();
  private readonly events = new EventEmitter().setMaxListeners(0);
  private readonly output: Writable;
  private lastId = 0;
  private received: Buffer[] = [];

  constructor(output: Writable, input: Readable) {
    this.output = output;
    output.on('error', () => this.end());
    input.on('data', (bytes: Buffer) => this.receive(bytes));
    input.on('close', () => this.end());
  }

  /** The session with the browser itself. */
  readonly browser: DevToolsSession = this.session('');

  /** The session with an attached target. */
  session(sessionId: string): DevToolsSession {
    const send = (method: string, params: object = {}) => this.send(method, params, sessionId);
    const on = (event: string, listener: (...params: unknown[]) => void) => {
      this.events.on(`${sessionId}:${event}`, listener);
    };
    return { send, on } as unknown as DevToolsSession;
  }

  private send(method: string, params: object, sessionId: string): Promise<unknown> {
    this.lastId += 1;
    const id = this.lastId;
    const message = JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) });
    return new Promise((resolve, reject) => {
      this.pending.set(id, { method, resolve, reject });
      this.output.write(`${message}\0`);
    });
  }

  private receive(bytes: Buffer): void {
    let rest = bytes;
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      const message = Buffer.concat([...this.received, rest.subarray(0, end)]).toString('utf8');
      this.received = [];
      rest = rest.subarray(end + 1);
      this.dispatch(JSON.parse(message));
    }
    if (rest.length > 0) this.received.push(rest);
  }

  private dispatch({ id, method, params, result, error, sessionId = '' }: Message): void {
    if (id === undefined) {
      this.events.emit(`${sessionId}:${method}`, params);
      return;
    }
    const pending = this.pending.get(id);
    this.pending.delete(id);
    if (error) pending?.reject(new Error(`${pending.method}: ${error.message}`));
    else pending?.resolve(result);
  }

  private end(): void {
    for (const { method, reject } of this.pending.values())
      reject(new Error(`${method}: the browser has gone.`));
    this.pending.clear();
  }
}
