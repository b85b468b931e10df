import type { EngineRequest } from '../../contract/engine.ts';
import type { EngineLauncher } from '../../core/engine/engine-process.ts';
import { replayEngine } from '../../core/engine/testing/replaying-engine.ts';

/**
 * An engine that answers no window, or no other request of a type, before a promise resolves, so that a test can act while one
 * is transcribed. With `from`, it holds only those requested while that returns true. A held request can be aborted.
 */
export function heldEngine(
  until: Promise<unknown>,
  from: () => boolean = () => true,
  type: EngineRequest['type'] = 'transcribe',
): EngineLauncher {
  let isHolding = true;
  void until.then(() => {
    isHolding = false;
  });
  return () => {
    const engine = replayEngine();
    const held = new Map<number, EngineRequest>();
    const release = (id: number) => {
      const request = held.get(id);
      held.delete(id);
      if (request !== undefined) engine.send(request);
    };
    const send = (request: EngineRequest) => {
      if ('id' in request && request.type === type && isHolding && from()) {
        held.set(request.id, request);
        void until.then(() => release(request.id));
        return;
      }
      if (request.type === 'abort') release(request.target);
      engine.send(request);
    };
    return { ...engine, send };
  };
}
