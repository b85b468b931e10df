import type { EngineReply } from '../contract/engine.ts';

/** The engine's channel to its parent process. */
export interface Port {
  send(reply: EngineReply): void;
  /** Called with every message, unparsed, and once when the parent is gone. */
  listen(onMessage: (message: unknown) => void, onClosed: () => void): void;
}

/** Electron's `process.parentPort` in a utility process; missing in Node. */
interface UtilityParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

/** Connects to the parent: Electron's `utilityProcess`, or Node's `child_process.fork`. Throws without a parent. */
export function connectToParent(): Port {
  const utilityPort = (process as { parentPort?: UtilityParentPort }).parentPort;
  if (utilityPort !== undefined) {
    return {
      send: (reply) => utilityPort.postMessage(reply),
      // Electron ends a utility process together with its parent.
      listen: (onMessage) => utilityPort.on('message', (event) => onMessage(event.data)),
    };
  }
  const send = process.send?.bind(process);
  if (send === undefined) throw new Error('The engine is started by VoiceSync, not by hand.');
  return {
    send: (reply) => {
      if (process.connected) send(reply);
    },
    listen: (onMessage, onClosed) => {
      process.on('message', onMessage);
      process.on('disconnect', onClosed);
    },
  };
}
