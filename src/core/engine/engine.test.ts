import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type DecodingParameters, VOICE_CHUNK_SAMPLES } from '../../contract/engine.ts';
import { AppError, type ErrorCode } from '../../contract/errors.ts';
import { EMBEDDING_SIZE, SPEAKER_CLASSES, SPEAKER_FRAMES } from '../../contract/speaker-models.ts';
import { resourcesFolder, speakerModelFiles } from '../folders.ts';
import { decode } from '../media/decode.ts';
import { findFfmpeg } from '../media/find-ffmpeg.ts';
import { probe } from '../media/probe.ts';
import { openSource } from '../media/source.ts';
import { DICTATION_MODEL } from '../models/testing/dictation-model.ts';
import { Engine, type VoiceEmbeddings } from './engine.ts';
import type { EngineLimits } from './engine-limits.ts';
import { forkEngine } from './engine-process.ts';
import { childrenOf, internetSocketsOf, isReaped, isRunning } from './testing/processes.ts';

const MODEL = DICTATION_MODEL.path;
const INTERVIEW = fileURLToPath(new URL('../../../e2e/fixtures/interview-en.m4a', import.meta.url));
const TWO_SPEAKERS = fileURLToPath(new URL('../../../e2e/fixtures/two-speakers.flac', import.meta.url));
const DISOBEDIENT = fileURLToPath(new URL('./testing/disobedient-engine.ts', import.meta.url));
const SILENT = fileURLToPath(new URL('./testing/silent-engine.ts', import.meta.url));

const PARAMETERS: DecodingParameters = {
  language: 'en',
  translate: false,
  prompt: '',
  threads: 1,
  seed: 0,
  strategy: 'greedy',
  breadth: 5,
  temperature: 0,
  temperatureStep: 0.2,
  entropyThreshold: 2.4,
  logProbThreshold: -1,
  noSpeechThreshold: 0.6,
};

let speech: Int16Array;
let opened: Engine[] = [];

beforeAll(async () => {
  speech = await decoded(INTERVIEW, 9);
});

/** The first seconds of a recording, as the engine takes them. */
async function decoded(file: string, seconds: number): Promise<Int16Array> {
  const ffmpeg = await findFfmpeg();
  const source = await openSource(file);
  const facts = await probe(source, ffmpeg);
  const samples: number[] = [];
  for await (const block of decode(source, ffmpeg, facts, { track: 0, channels: 1 })) samples.push(...block);
  await source.close();
  return Int16Array.from(samples.slice(0, seconds * 16_000), (sample) => sample * 32_767);
}

afterEach(async () => {
  const engines = opened;
  opened = [];
  for (const engine of engines) await engine.close();
});

function realEngine(limits: Partial<EngineLimits> = {}): Engine {
  const engine = new Engine(forkEngine, limits);
  opened.push(engine);
  return engine;
}

function disobedientEngine(limits: Partial<EngineLimits>): Engine {
  const engine = new Engine(() => forkEngine(DISOBEDIENT), limits);
  opened.push(engine);
  return engine;
}

async function hear(engine: Engine, signal?: AbortSignal): Promise<string> {
  const options = signal === undefined ? {} : { signal };
  const { segments } = await engine.transcribe(MODEL, speech, PARAMETERS, options);
  return segments.map(({ text }) => text).join('');
}

/** The engine's process: the only child that runs one of these programs. */
async function engineProcess(): Promise<number> {
  let pid: number | undefined;
  // A process that is just being started may not have its command line yet.
  await until(() => {
    [pid] = childrenOf(process.pid, /engine\/(main|testing\/disobedient-engine)\.ts/);
    return pid !== undefined;
  });
  return pid as number;
}

function failsWith(code: ErrorCode): Record<string, unknown> {
  return expect.objectContaining({ code }) as Record<string, unknown>;
}

describe('the real engine', () => {
  test('says which one it is, before a model is loaded', async () => {
    const facts = await realEngine().facts();

    expect(facts.whisperVersion).toMatch(/^\d+\.\d+/);
    expect(facts.cpuVariant).not.toBe('');
  });

  test('one that was stopped for longer than its deadline goes on and hears the same words', async () => {
    const unhurried = realEngine();
    const undisturbed = await hear(unhurried);
    const begunAt = performance.now();
    await hear(unhurried);
    const limitMs = Math.max(1000, 4 * (performance.now() - begunAt));
    await unhurried.close();
    const engine = realEngine({ firstWindowMs: limitMs, windowMinimumMs: limitMs, windowFactor: 0 });
    await engine.load(MODEL);
    const stopped = await engineProcess();
    const window = hear(engine);
    await wait(20);
    process.kill(stopped, 'SIGSTOP');
    await wait(limitMs * 1.5);
    process.kill(stopped, 'SIGCONT');

    expect(await window).toBe(undisturbed);
    expect(await engineProcess()).toBe(stopped);
  });

  test('a stopped engine does not keep a window that is aborted', async () => {
    const engine = realEngine({ abortMs: 100 });
    await engine.load(MODEL);
    process.kill(await engineProcess(), 'SIGSTOP');
    const stop = new AbortController();
    const window = hear(engine, stop.signal);
    stop.abort(new AppError('job.interrupted', {}));

    await expect(window).rejects.toEqual(failsWith('job.interrupted'));
  });

  test('an engine that is stopped while it starts keeps neither an aborted window nor the end of the program', async () => {
    const engine = realEngine({ abortMs: 100 });
    const stop = new AbortController();
    const window = hear(engine, stop.signal);
    await until(() => childrenOf(process.pid, /engine.main\.ts/).length > 0);
    process.kill(await engineProcess(), 'SIGSTOP');
    stop.abort(new AppError('job.interrupted', {}));

    await expect(window).rejects.toEqual(failsWith('job.interrupted'));
    await engine.close();
    await until(() => childrenOf(process.pid, /engine.main\.ts/).length === 0);
  });

  test('a killed engine costs the window in hand; the next request starts another and loads the model again', async () => {
    const engine = realEngine();
    const undisturbed = await hear(engine);
    const killed = await engineProcess();
    const window = hear(engine);
    setTimeout(() => process.kill(killed, 'SIGKILL'), 20);

    await expect(window).rejects.toEqual(failsWith('engine.crashed'));
    expect(await hear(engine)).toBe(undisturbed);
    expect(await engineProcess()).not.toBe(killed);
  });

  test('an engine that dies between two requests is not noticed at all', async () => {
    const engine = realEngine();
    await engine.load(MODEL);
    const killed = await engineProcess();
    process.kill(killed, 'SIGKILL');
    await until(() => isReaped(killed));

    expect(await hear(engine)).toContain('Whiskey');
  });

  test('a pass of live text goes before the windows that wait, and not before the one in hand', async () => {
    const engine = realEngine();
    await engine.load(MODEL);
    const order: string[] = [];
    const said = speech.subarray(0, 2 * 16_000);
    const asked = (name: string, options: { priority?: 'live' }) =>
      engine.transcribe(MODEL, said, PARAMETERS, options).then(() => order.push(name));

    await Promise.all([
      ...[asked('window in hand', {}), asked('window that waits', {}), asked('another', {})],
      ...[asked('live', { priority: 'live' }), asked('live again', { priority: 'live' })],
    ]);

    expect(order).toEqual(['window in hand', 'live', 'live again', 'window that waits', 'another']);
  });

  test('an abort ends the window with the given reason and leaves the engine and its model as they are', async () => {
    const engine = realEngine();
    const undisturbed = await hear(engine);
    const before = await engineProcess();
    const stop = new AbortController();
    const window = hear(engine, stop.signal);
    setTimeout(() => stop.abort(new AppError('job.interrupted', {})), 20);

    await expect(window).rejects.toEqual(failsWith('job.interrupted'));
    expect(await hear(engine)).toBe(undisturbed);
    expect(await engineProcess()).toBe(before);
  });

  test('requests are served one after the other, in order, and each gets its own answer', async () => {
    const engine = realEngine();
    const order: string[] = [];
    const note = (name: string) => (text: unknown) => {
      order.push(name);
      return text;
    };
    const [first, guesses, second] = await Promise.all([
      hear(engine).then(note('window')),
      engine.detectLanguage(MODEL, speech, 1, { shortContext: true }).then(note('language')),
      hear(engine).then(note('window again')),
    ]);

    expect(order).toEqual(['window', 'language', 'window again']);
    expect(second).toBe(first);
    expect(guesses).toEqual(expect.arrayContaining([expect.objectContaining({ language: 'en' })]));
  });

  test('a file that is no model is refused, and a good one can be loaded afterwards', async () => {
    const engine = realEngine();

    await expect(engine.load(INTERVIEW)).rejects.toEqual(failsWith('model.notAModel'));
    expect(await engine.load(MODEL)).toEqual(expect.objectContaining({ multilingual: true }));
  });

  test('an idle engine ends, gives its memory back, and starts again when it is needed', async () => {
    const engine = realEngine({ idleMs: 50 });
    await engine.facts();
    const idle = await engineProcess();
    await until(() => !isRunning(idle));

    expect((await engine.facts()).whisperVersion).not.toBe('');
  });

  test('nothing of our environment reaches the engine', async () => {
    process.env.VOICESYNC_SECRET = 'the tulips are red';
    process.env.NODE_OPTIONS = '--no-warnings';
    onTestFinished(() => {
      delete process.env.VOICESYNC_SECRET;
      delete process.env.NODE_OPTIONS;
    });
    await realEngine().facts();
    const environment = readFileSync(`/proc/${await engineProcess()}/environ`, 'utf8');
    const names = environment.split('\0').flatMap((entry) => entry.split('=')[0] || []);

    expect(environment).not.toContain('tulips');
    // The compile cache's folder is set by the program itself, here by the tests.
    const own = (name: string) => name.startsWith('NODE_CHANNEL_') || name === 'NODE_COMPILE_CACHE';
    expect(names.filter((name) => !own(name))).toEqual([]);
  });

  test('the engine ends when its parent is killed in the middle of a window', async () => {
    const parent = startParent();
    const [message] = (await once(parent, 'message')) as [{ pid: number }];
    expect(isRunning(message.pid)).toBe(true);
    parent.kill('SIGKILL');

    await until(() => !isRunning(message.pid));
  });
});

describe('voice activity', () => {
  test('is found beside a window that is being transcribed, by the same process', async () => {
    let starts = 0;
    const engine = new Engine(() => {
      starts += 1;
      return forkEngine();
    });
    opened.push(engine);
    const order: string[] = [];
    const [window, found] = await Promise.all([
      hear(engine).finally(() => order.push('window')),
      engine.voiceActivity(speech, null).finally(() => order.push('voice activity')),
    ]);

    expect(starts).toBe(1);
    expect(order).toEqual(['voice activity', 'window']);
    expect(window).toContain('Whiskey');
    expect(found.probabilities).toHaveLength(Math.ceil(speech.length / VOICE_CHUNK_SAMPLES));
    expect(found.probabilities.filter((probability) => probability > 200).length).toBeGreaterThan(100);
  });

  test('goes on in another process where the first was killed, as if nothing had happened', async () => {
    const engine = realEngine();
    const whole = await engine.voiceActivity(speech, null);
    const half = 100 * VOICE_CHUNK_SAMPLES;
    const first = await engine.voiceActivity(speech.subarray(0, half), null);
    const killed = await engineProcess();
    process.kill(killed, 'SIGKILL');
    await until(() => isReaped(killed));
    const second = await engine.voiceActivity(speech.subarray(half), first.state);

    expect([...first.probabilities, ...second.probabilities]).toEqual([...whole.probabilities]);
    expect([...second.state]).toEqual([...whole.state]);
  });

  test('a killed engine fails both what is heard and what is listened to; both go on in one new process', async () => {
    const engine = realEngine();
    await hear(engine);
    const killed = await engineProcess();
    const long = new Int16Array(1200 * 16_000);
    const both = Promise.allSettled([hear(engine), engine.voiceActivity(long, null)]);
    setTimeout(() => process.kill(killed, 'SIGKILL'), 20);

    for (const outcome of await both) {
      expect(outcome).toEqual({ status: 'rejected', reason: failsWith('engine.crashed') });
    }
    await Promise.all([engine.voiceActivity(speech, null), hear(engine)]);
    expect(await engineProcess()).not.toBe(killed);
  });

  test('an abort ends it with the given reason and leaves a window in hand alone', async () => {
    const engine = realEngine();
    const undisturbed = await hear(engine);
    const stop = new AbortController();
    const window = hear(engine);
    const found = engine.voiceActivity(new Int16Array(1200 * 16_000), null, stop.signal);
    setTimeout(() => stop.abort(new AppError('job.interrupted', {})), 100);

    await expect(found).rejects.toEqual(failsWith('job.interrupted'));
    expect(await window).toBe(undisturbed);
    await expect(engine.voiceActivity(speech, null, stop.signal)).rejects.toEqual(
      failsWith('job.interrupted'),
    );
  });

  test('the engine does not idle while it listens', async () => {
    const engine = realEngine({ idleMs: 1 });
    const minutes = new Int16Array(600 * 16_000);
    const [, found] = await Promise.all([engine.facts(), engine.voiceActivity(minutes, null)]);

    expect(found.probabilities).toHaveLength(minutes.length / VOICE_CHUNK_SAMPLES);
  });

  test('weights that are missing, or are none, are named', async () => {
    for (const file of [join(resourcesFolder(), 'nowhere.bin'), MODEL]) {
      const engine = new Engine(forkEngine, {}, file);
      opened.push(engine);

      await expect(engine.voiceActivity(speech, null)).rejects.toEqual(
        expect.objectContaining({ code: 'engine.detectorUnusable', details: { file } }),
      );
      expect(await hear(engine)).toContain('Whiskey');
    }
  });

  test('past its deadline the engine is killed, and a window in hand has crashed with it', async () => {
    const engine = disobedientEngine({ voiceActivityMs: 200 });
    await engine.load('hangs');
    const both = Promise.allSettled([hearWith(engine, 'hangs'), engine.voiceActivity(speech, null)]);

    expect(await both).toEqual([
      { status: 'rejected', reason: failsWith('engine.crashed') },
      { status: 'rejected', reason: failsWith('engine.stalled') },
    ]);
    await engine.load('hangs');
  });
});

describe('who speaks', () => {
  const models = speakerModelFiles();
  /** Half overlapping pieces of 1.5 s. */
  const pieces = Array.from({ length: 10 }, (_, i) => ({ start: i * 12_000, length: 24_000 }));

  test('somebody is heard where there is speech, and nobody in silence, beside a window in hand', async () => {
    const engine = realEngine();
    await engine.load(MODEL);
    const [window, { classes }] = await Promise.all([
      hear(engine),
      engine.speakerActivity(models.activity, speech),
    ]);
    const silence = await engine.speakerActivity(models.activity, new Int16Array(16_000));

    expect(window).toContain('Whiskey');
    expect(classes).toHaveLength(SPEAKER_FRAMES * SPEAKER_CLASSES);
    for (const [frame, sum] of frameSums(classes).entries())
      expect([frame, Math.abs(sum - 255) < 4]).toEqual([frame, true]);
    expect(nobody(classes).filter((probability) => probability < 64).length).toBeGreaterThan(
      SPEAKER_FRAMES / 2,
    );
    expect(Math.min(...nobody(silence.classes))).toBeGreaterThan(200);
  });

  test('an embedding has length 1 and is the same alone and among others', async () => {
    const engine = realEngine();
    const together = await engine.voiceEmbeddings(models.embedding, speech, pieces);
    const alone = await engine.voiceEmbeddings(models.embedding, speech, pieces.slice(6, 7));

    expect(together.embeddings).toHaveLength(pieces.length * EMBEDDING_SIZE);
    for (let i = 0; i < pieces.length; i += 1) expect(cosine(together, i, i)).toBeCloseTo(1, 5);
    const both = Float32Array.of(...together.embeddings, ...alone.embeddings);
    expect(cosine({ embeddings: both }, 6, pieces.length)).toBeCloseTo(1, 4);
  });

  test('embeddings of one voice are nearer to each other than to those of another', async () => {
    const voices = [
      [1, 3, 24.4],
      [9.5, 11.5, 16],
    ];
    const spoken = voices.flat().map((seconds) => ({ start: seconds * 16_000, length: 24_000 }));
    const found = await realEngine().voiceEmbeddings(
      models.embedding,
      await decoded(TWO_SPEAKERS, 30),
      spoken,
    );

    const within = [0, 3].flatMap((first) => [
      [first, first + 1],
      [first, first + 2],
      [first + 1, first + 2],
    ]);
    const between = [0, 1, 2].flatMap((one) => [3, 4, 5].map((other) => [one, other]));
    const near = ([i = 0, j = 0]: number[]) => cosine(found, i, j);
    expect(Math.min(...within.map(near))).toBeGreaterThan(Math.max(...between.map(near)) + 0.1);
  });

  test('an abort ends it between pieces, with the given reason', async () => {
    const engine = realEngine();
    await engine.voiceEmbeddings(models.embedding, speech, pieces.slice(0, 1));
    const running = await engineProcess();
    const stop = new AbortController();
    const many = Array.from({ length: 4_000 }, () => ({ start: 0, length: 24_000 }));
    const found = engine.voiceEmbeddings(models.embedding, speech, many, stop.signal);
    setTimeout(() => stop.abort(new AppError('job.interrupted', {})), 200);

    await expect(found).rejects.toEqual(failsWith('job.interrupted'));
    await engine.voiceEmbeddings(models.embedding, speech, pieces.slice(0, 1));
    expect(await engineProcess()).toBe(running);
  });

  test('nothing is opened by which another machine could be reached', async () => {
    const engine = realEngine();
    await engine.speakerActivity(models.activity, speech);
    await engine.voiceEmbeddings(models.embedding, speech, pieces.slice(0, 1));
    expect(internetSocketsOf(await engineProcess())).toEqual([]);

    const control = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void control.close());
    await once(control, 'listening');
    expect(internetSocketsOf(process.pid)).not.toEqual([]);
  });

  test('models that are missing, or are others, are named', async () => {
    const engine = realEngine();
    for (const file of [join(resourcesFolder(), 'nowhere.onnx'), MODEL, models.embedding]) {
      await expect(engine.speakerActivity(file, speech)).rejects.toEqual(
        expect.objectContaining({ code: 'engine.voicesUnusable', details: { file } }),
      );
    }
    await engine.speakerActivity(models.activity, speech);
  });
});

/** Per frame, the sum of the probabilities of its classes. */
function frameSums(classes: Uint8Array): number[] {
  return Array.from({ length: SPEAKER_FRAMES }, (_, frame) =>
    classes
      .subarray(frame * SPEAKER_CLASSES, (frame + 1) * SPEAKER_CLASSES)
      .reduce((sum, one) => sum + one, 0),
  );
}

function nobody(classes: Uint8Array): number[] {
  return Array.from({ length: SPEAKER_FRAMES }, (_, frame) => classes[frame * SPEAKER_CLASSES] as number);
}

function cosine({ embeddings }: Pick<VoiceEmbeddings, 'embeddings'>, i: number, j: number): number {
  const one = embeddings.subarray(i * EMBEDDING_SIZE, (i + 1) * EMBEDDING_SIZE);
  return one.reduce((sum, value, k) => sum + value * (embeddings[j * EMBEDDING_SIZE + k] as number), 0);
}

describe('an engine that misbehaves', () => {
  test('one that never says that it is ready is killed', async () => {
    const engine = new Engine(() => forkEngine(SILENT), { startMs: 300 });
    opened.push(engine);

    await expect(engine.facts()).rejects.toEqual(failsWith('engine.stalled'));
    await until(() => childrenOf(process.pid, /silent-engine/).length === 0);
  });

  test('one that is not ready yet does not hold up a request that waits behind another and is aborted', async () => {
    const engine = new Engine(() => forkEngine(SILENT), { startMs: 30_000, abortMs: 100 });
    opened.push(engine);
    const before = engine.load('in advance').catch((error: unknown) => error);
    const stop = new AbortController();
    const waiting = engine.load('for a job', stop.signal);
    stop.abort(new Error('closing'));

    await expect(waiting).rejects.toThrow('closing');
    await engine.close();
    expect(await before).toEqual(failsWith('engine.crashed'));
  });

  test('one that hangs in a window is killed at its deadline, and the next window gets another', async () => {
    const engine = disobedientEngine({ firstWindowMs: 200 });
    await engine.load('hangs');
    const hanging = await engineProcess();

    await expect(hearWith(engine, 'hangs')).rejects.toEqual(failsWith('engine.stalled'));
    await engine.load('hangs');
    expect(await engineProcess()).not.toBe(hanging);
    await until(() => !isRunning(hanging));
  });

  test('one that ignores an abort is killed, and the request ends with the reason for the abort', async () => {
    const engine = disobedientEngine({ abortMs: 100 });
    await engine.load('hangs');
    const deaf = await engineProcess();
    const stop = new AbortController();
    const window = hearWith(engine, 'hangs', stop.signal);
    setTimeout(() => stop.abort(new AppError('job.interrupted', {})), 50);

    await expect(window).rejects.toEqual(failsWith('job.interrupted'));
    await engine.load('hangs');
    await until(() => !isRunning(deaf));
  });

  test('loading a model can be aborted', async () => {
    const engine = disobedientEngine({ abortMs: 100 });
    const stop = new AbortController();
    setTimeout(() => stop.abort(new AppError('job.interrupted', {})), 50);

    await expect(engine.load('never loaded', stop.signal)).rejects.toEqual(failsWith('job.interrupted'));
  });

  test('one that talks nonsense is killed like one that crashed', async () => {
    const engine = disobedientEngine({});
    await engine.load('nonsense');

    await expect(hearWith(engine, 'nonsense')).rejects.toEqual(failsWith('engine.crashed'));
  });

  test('one that dies again and again is not started for ever; after a rest it gets another chance', async () => {
    let starts = 0;
    const engine = new Engine(
      () => {
        starts += 1;
        return forkEngine(DISOBEDIENT);
      },
      { deathsInARow: 2, idleMs: 150 },
    );
    opened.push(engine);
    for (let request = 0; request < 4; request++) {
      await expect(engine.load('dies')).rejects.toEqual(failsWith('engine.crashed'));
    }
    expect(starts).toBe(2);

    await wait(300);
    await expect(engine.load('dies')).rejects.toEqual(failsWith('engine.crashed'));
    expect(starts).toBe(3);
  });

  test('an addon that was not built is told as such', async () => {
    const engine = disobedientEngine({});

    await expect(engine.load('not built')).rejects.toEqual(failsWith('engine.notBuilt'));
  });
});

async function hearWith(engine: Engine, model: string, signal?: AbortSignal): Promise<void> {
  await engine.transcribe(model, speech, PARAMETERS, signal === undefined ? {} : { signal });
}

function startParent(): ChildProcess {
  const program = fileURLToPath(new URL('./testing/engine-parent.ts', import.meta.url));
  const parent = fork(program, [MODEL], { execArgv: [] });
  onTestFinished(() => void parent.kill('SIGKILL'));
  return parent;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await wait(10);
}
