import { join } from 'node:path';
import { SAMPLE_RATE } from '../../contract/audio.ts';
import type { JobOptions, ModelChoice } from '../../contract/job.ts';
import type { Engine } from '../engine/engine.ts';
import { resourcesFolder } from '../folders.ts';
import { decode } from '../media/decode.ts';
import type { Ffmpeg } from '../media/find-ffmpeg.ts';
import { probe } from '../media/probe.ts';
import { openSource } from '../media/source.ts';
import { type ModelSpeed, thisProcessor } from '../models/model-speeds.ts';
import { firstDecoding } from './window/decoding.ts';

/** A bundled conversation in English, which every model knows; nobody pauses for long in its first half minute. */
const SAMPLE = join(resourcesFolder(), 'samples', 'conversation-en.ogg');

/** One full window: what the engine is given at once, and the bound of what is measured. */
const SAMPLE_SECONDS = 28;

/**
 * Measures how fast a model transcribes on this machine: one window of a bundled sample, with the decoding of a job whose options
 * are the usual ones. Loading the model is not counted. An engine of its own, whose process has held no other model, tells the
 * model's memory too. Throws the engine's and the decoder's errors, and the signal's reason.
 */
export async function measureSpeed(
  { engine, ffmpeg, signal }: { engine: Engine; ffmpeg: Ffmpeg; signal: AbortSignal },
  model: ModelChoice,
): Promise<ModelSpeed> {
  const pcm = await samplePcm(ffmpeg, signal);
  await engine.load(model.path, signal);
  const options: JobOptions = {
    ...{ model, language: 'en', prompt: '', speakers: 'none', speakerCount: null },
    ...{ translate: false, keepSilence: false, threads: null, beamSize: null },
  };
  const parameters = firstDecoding(options, 'en', engine);
  const { inferenceMs, peakMemoryBytes } = await engine.transcribe(model.path, pcm, parameters, { signal });
  return {
    sha256: model.sha256,
    processor: thisProcessor(),
    threads: parameters.threads,
    audioMs: (pcm.length * 1000) / SAMPLE_RATE,
    inferenceMs,
    peakMemoryBytes,
    measuredAtMs: Date.now(),
  };
}

async function samplePcm(ffmpeg: Ffmpeg, signal: AbortSignal): Promise<Int16Array> {
  const source = await openSource(SAMPLE);
  try {
    const facts = await probe(source, ffmpeg);
    const pcm = new Int16Array(SAMPLE_SECONDS * SAMPLE_RATE);
    let filled = 0;
    for await (const block of decode(source, ffmpeg, facts, { track: 0, channels: 1, signal })) {
      for (const sample of block.subarray(0, pcm.length - filled)) {
        pcm[filled] = Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_767)));
        filled += 1;
      }
      if (filled === pcm.length) break;
    }
    return pcm;
  } finally {
    await source.close();
  }
}
