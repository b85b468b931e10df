/**
 * Stands in for an engine that misbehaves as the real one cannot be made to. The model's name says how. With `hangs` and
 * `nonsense` it loads and then fails in the window; with a real model it dies there.
 */
import { ENGINE_NOT_BUILT_EXIT, type EngineReply, EngineRequest } from '../../../contract/engine.ts';

const say = (reply: EngineReply) => process.send?.(reply);
let model = '';

function load(id: number, modelPath: string): void {
  model = modelPath;
  if (model === 'dies') process.exit(1);
  if (model === 'not built') process.exit(ENGINE_NOT_BUILT_EXIT);
  if (model !== 'never loaded') say({ type: 'loaded', id, multilingual: true });
}

process.on('message', (message) => {
  const request = EngineRequest.parse(message);
  if (request.type === 'load') load(request.id, request.modelPath);
  else if (model === 'nonsense') process.send?.({ type: 'transcribed', segments: 'blue' });
  else if (model !== 'hangs') process.exit(1);
});
process.on('disconnect', () => process.exit(0));
say({ type: 'ready', whisperVersion: '0.0', cpuVariant: 'none' });
