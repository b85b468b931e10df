import type { EngineRequest } from '../../../contract/engine.ts';
import type { EngineLauncher, EngineProcess } from '../engine-process.ts';

/**
 * Launches engines that take so many times as long for every answer: each is held back, and so are those behind it, as on
 * a slower machine. Voice activity and speakers are answered beside the speech model's requests.
 */
export function slowed(launch: EngineLauncher, times: number): EngineLauncher {
  return () => {
    const process = launch();
    const asked = new Map<number, { readonly type: EngineRequest['type']; readonly atMs: number }>();
    const freeAtMs = { model: 0, detector: 0, speakers: 0 };
    const slow: EngineProcess = {
      get pid() {
        return process.pid;
      },
      send: (request) => {
        if (request.type !== 'abort') asked.set(request.id, { type: request.type, atMs: performance.now() });
        process.send(request);
      },
      onMessage: (listener) =>
        process.onMessage((message) => {
          const { id, type } = message as { id?: number; type: string };
          const request = id === undefined ? undefined : asked.get(id);
          if (request === undefined || type === 'progress' || type === 'segments') return listener(message);
          const now = performance.now();
          const part = partOf(request.type);
          const beganMs = Math.max(request.atMs, freeAtMs[part] - (now - request.atMs));
          const answerMs = Math.max(now, beganMs + times * (now - request.atMs));
          freeAtMs[part] = answerMs;
          if (type === 'transcribed') {
            const answer = message as { inferenceMs: number };
            answer.inferenceMs *= times;
          }
          setTimeout(() => listener(message), answerMs - now);
        }),
      onExit: (listener) => process.onExit(listener),
      kill: () => process.kill(),
    };
    return slow;
  };
}

function partOf(type: EngineRequest['type']): 'model' | 'detector' | 'speakers' {
  if (type === 'voiceActivity') return 'detector';
  return type === 'speakerActivity' || type === 'voiceEmbeddings' ? 'speakers' : 'model';
}
