import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { WhisperModel } from '../native/whisper.ts';
import { z } from '../src/contract/schema.ts';
import type { EngineRunResult } from './engine.ts';
import { SAMPLE_MODEL_PATH } from './voicesync.ts';

/**
 * One run of one engine in a process of its own: `node bench/engine-run.ts PCM_FILE THREADS BEST_OF [STOCK_ADDON]`.
 * Transcribes 16 kHz 16-bit mono PCM after a warm-up, and prints an EngineRunResult as JSON.
 */

const [pcmFile = '', threadsText = '', bestOfText = '', stockAddon] = process.argv.slice(2);
const bytes = readFileSync(pcmFile);
const samples = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
const pcm = Float32Array.from(samples, (sample) => sample / 32_768);
const threads = Number(threadsText);
const bestOf = Number(bestOfText);

const StockResult = z.array(z.object({ text: z.string() }));

/** The functions of smart-whisper's addon used here: its `src/binding.ts` has all. */
interface StockAddon {
  WhisperModel: { load(file: string, gpu: boolean): Promise<{ handle: unknown }> };
  transcribe(
    handle: unknown,
    pcm: Float32Array,
    parameters: object,
    finish: (segments: unknown) => void,
    progress: () => void,
  ): void;
}

async function prepareStock(file: string): Promise<() => Promise<string>> {
  const addon = createRequire(import.meta.url)(file) as StockAddon;
  const model = await addon.WhisperModel.load(SAMPLE_MODEL_PATH, false);
  const parameters = {
    ...{ strategy: 0, best_of: bestOf, n_threads: threads, language: 'en', no_context: true },
    ...{ temperature: 0, temperature_inc: 0, suppress_non_speech_tokens: true, token_timestamps: true },
    ...{ print_progress: false, print_realtime: false, print_timestamps: false, print_special: false },
  };
  return () =>
    new Promise((resolve) => {
      const finish = (segments: unknown) =>
        resolve(
          StockResult.parse(segments)
            .map(({ text }) => text)
            .join(''),
        );
      addon.transcribe(model.handle, pcm, parameters, finish, () => undefined);
    });
}

async function prepareOurs(): Promise<() => Promise<string>> {
  const model = await WhisperModel.load(SAMPLE_MODEL_PATH, { flashAttention: true });
  return async () => {
    const task = model.transcribe(pcm, {
      ...{ strategy: 'greedy', breadth: bestOf, threads, language: 'en', translate: false, prompt: '' },
      ...{ seed: 0, temperature: 0, temperatureStep: 0 },
      ...{ entropyThreshold: 2.4, logProbThreshold: -1, noSpeechThreshold: 0.6 },
    });
    return (await task.result).map(({ text }) => text).join('');
  };
}

const transcribe = stockAddon === undefined ? await prepareOurs() : await prepareStock(stockAddon);
await transcribe();
const startedAt = performance.now();
const text = await transcribe();
const result: EngineRunResult = { milliseconds: performance.now() - startedAt, text };
// Both engines may have printed what they loaded; the result is the last line.
process.stdout.write(`\n${JSON.stringify(result)}\n`);
process.exit(0);
