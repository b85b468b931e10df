import type { JobOptions } from '../../contract/job.ts';
import type { Engine } from '../../core/engine/engine.ts';
import { twiceAtMost } from '../../core/pipeline/twice-at-most.ts';
import { transcribeWindow, windowRequest } from '../../core/pipeline/window/transcribe-window.ts';
import { speechIn } from '../../core/speech/window-packer.ts';
import { OfficeError } from '../contract/office-errors.ts';
import type { TranscribedPart, WindowTask, WindowText } from './flow-content.ts';

/**
 * Transcribes the parts of a window, each as the core does with the windows of a job. `onProgress` is told how much is done, 0 to 1.
 * Throws the engine's errors, the signal's reason, and `worker.otherModel` where the recording was divided for another model.
 */
export async function transcribeParts(
  engine: Engine,
  options: JobOptions,
  { task, sounds }: { readonly task: WindowTask; readonly sounds: readonly Int16Array[] },
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<WindowText> {
  if (options.model.sha256 !== task.model) throw new OfficeError('worker.otherModel');
  const { multilingual } = await twiceAtMost(() => engine.load(options.model.path, signal));
  const parts: TranscribedPart[] = [];
  for (const [index, { channel, windowIndex, window, language }] of task.parts.entries()) {
    const audio = { pcm: sounds[index] ?? new Int16Array(), speech: speechIn(window) };
    const request = windowRequest(options, language, multilingual, engine);
    const result = await twiceAtMost(() => transcribeWindow(engine, audio, request, { signal }));
    parts.push({ channel, windowIndex, result });
    onProgress((index + 1) / task.parts.length);
  }
  return { format: 1, parts };
}
