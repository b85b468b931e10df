import { setTimeout as wait } from 'node:timers/promises';
import { Engine } from '../../src/core/engine/engine.ts';
import { forkEngine } from '../../src/core/engine/engine-process.ts';
import { slowed } from '../../src/core/engine/testing/slow-engine.ts';
import type { LiveEvent } from '../../src/core/live-text/live-event.ts';
import type { LiveModel, LiveModels } from '../../src/core/live-text/live-model.ts';
import { LiveTranscriber } from '../../src/core/live-text/live-transcriber.ts';
import { modelFacts } from '../../src/core/models/model-header.ts';
import { childrenCpuMs } from '../children-cpu.ts';
import type { ShownText } from './shown-words.ts';

/** Length of the blocks that are pushed: that of a capture's frames. */
const BLOCK_MS = 20;
const SAMPLES_PER_MS = 16;

/** What is transcribed, with what. */
export interface LiveRequest {
  /** 16 kHz, mono, from −1 to 1. */
  readonly sound: Float32Array;
  readonly models: LiveModels;
  readonly language: string;
  /** How many times slower than it is the engine shall be; 1 for as it is. */
  readonly slower: number;
}

/** What a reader saw, and what it cost. */
export interface LiveRun {
  readonly shown: readonly ShownText[];
  /** Which model was used in the end, and why. */
  readonly model: Extract<LiveEvent, { type: 'model' }> | null;
  readonly audioMs: number;
  readonly passes: number;
  /** The engine's time in passes. */
  readonly passMs: number;
  /** Processor time of the engine from its start to its end, loading the model included. */
  readonly engineCpuMs: number;
  /** Processor time of this process. */
  readonly ownCpuMs: number;
  /** Sound that was left out, and how often it was told that the text is late. */
  readonly skippedMs: number;
  readonly late: number;
  /** From the end of the sound until the last word was confirmed. */
  readonly restMs: number;
}

/** A model file as live text takes it. */
export async function liveModel(name: string, path: string): Promise<LiveModel> {
  return { choice: { name, path, sha256: '0'.repeat(64) }, facts: await modelFacts(path) };
}

/** Feeds sound in real time, as a capture would, and records what a reader sees. */
export async function runLive({ sound, models, language, slower }: LiveRequest): Promise<LiveRun> {
  const cpuBefore = childrenCpuMs();
  const engine = new Engine(slower === 1 ? () => forkEngine() : slowed(() => forkEngine(), slower));
  const shown: ShownText[] = [];
  let committed = '';
  let model: LiveRun['model'] = null;
  let late = 0;
  let startedAt = 0;
  const emit = (event: LiveEvent) => {
    if (event.type === 'model') model = event;
    else if (event.type === 'late' && event.isLate) late += 1;
    else if (event.type === 'segments') committed += event.segments.map(({ text }) => ` ${text}`).join('');
    else if (event.type === 'text') {
      const confirmed = `${committed} ${event.confirmed}`.trim();
      shown.push({ atMs: performance.now() - startedAt, confirmed, interim: event.interim });
    }
  };
  const choice = { language, prompt: '', translate: false };
  const parts = { engine, models, channels: 1, sampleRate: 1000 * SAMPLES_PER_MS, speakers: null };
  // The user has pressed the button when the devices are open: the model is loaded while nothing is said yet.
  await engine.load(models.final.choice.path);
  const live = new LiveTranscriber({ ...parts, choice, emit });
  const ownBefore = process.cpuUsage();
  startedAt = performance.now();
  const samples = Int16Array.from(sound, (sample) =>
    Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768))),
  );
  const block = BLOCK_MS * SAMPLES_PER_MS;
  for (let at = 0; at < samples.length; at += block) {
    const startMs = at / SAMPLES_PER_MS;
    const dueMs = startedAt + startMs + BLOCK_MS - performance.now();
    if (dueMs > 0) await wait(dueMs);
    live.push({ startMs, samples: samples.slice(at, at + block), channel: 0 });
  }
  const endedAt = performance.now();
  await live.finish();
  const restMs = performance.now() - endedAt;
  const own = process.cpuUsage(ownBefore);
  const { passes, passMs, skippedMs } = live.figures;
  await engine.close();
  // An ended child's processor time is told once it has been reaped.
  await wait(200);
  return {
    ...{ shown, model, passes, passMs, skippedMs, late, restMs },
    audioMs: samples.length / SAMPLES_PER_MS,
    engineCpuMs: childrenCpuMs() - cpuBefore,
    ownCpuMs: (own.user + own.system) / 1000,
  };
}
