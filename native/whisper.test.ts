import { execFile, spawn } from 'node:child_process';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EngineSegment, VOICE_CHUNK_SAMPLES } from '../src/contract/engine.ts';
import { loadAddon } from './load.ts';
import { type SmartWhisperResult, Whisper } from './smart-whisper-interface.ts';
import { abortRounds, reasonOf } from './testing/aborted-rounds.ts';
import { DICTATION, decode, PARAMETERS, RATE, ROOT } from './testing/fixture-sounds.ts';
import { assertRepeatsItsWords } from './testing/repeated-window.ts';
import {
  type AddonVoiceActivity,
  engineFacts,
  SpeechModel,
  VOICE_STATE_BYTES,
  WhisperModel,
} from './whisper.ts';

interface ReferenceSegment {
  start: number;
  end: number;
  language: string;
  text: string;
}

const references = JSON.parse(readFileSync(join(ROOT, 'e2e/fixtures/references.json'), 'utf8')) as Record<
  string,
  { segments: ReferenceSegment[] }
>;

function words(text: string): string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .map((word) => word.replace(/[^\p{L}\p{N}']/gu, ''))
    .filter((word) => word !== '');
}

function spoken(segments: EngineSegment[]): string[] {
  return words(segments.map(({ text }) => text).join(' '));
}

function reference(file: string, untilSeconds: number): ReferenceSegment[] {
  return (references[file]?.segments ?? []).filter(({ end }) => end < untilSeconds);
}

let model: WhisperModel;
let english: Int16Array;
let spanish: Int16Array;
let folder: string;
/** What the model hears in `english`, and in `spanish`. */
let heard: EngineSegment[];
let heardSpanish: EngineSegment[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'native-test-'));
  model = await WhisperModel.load(DICTATION);
  english = (await decode('e2e/fixtures/interview-en.m4a')).subarray(0, 27 * RATE);
  spanish = (await decode('e2e/fixtures/dictado-es.ogg')).subarray(0, 24 * RATE);
  heard = await model.transcribe(english, PARAMETERS).result;
  heardSpanish = await model.transcribe(spanish, { ...PARAMETERS, language: 'es' }).result;
});

afterAll(async () => {
  await model.free();
  rmSync(folder, { recursive: true });
});

describe('transcribing', () => {
  test('hears every word, in order, with times inside its sentence', () => {
    const segments = heard;
    const sentences = reference('interview-en.m4a', 27);
    expect(spoken(segments)).toEqual(sentences.flatMap(({ text }) => words(text)));
    for (const [index, sentence] of sentences.entries()) {
      const segment = segments[index];
      expect(segment?.words[0]?.startMs).toBeGreaterThan(sentence.start * 1000 - 250);
      expect(segment?.words[0]?.startMs).toBeLessThan(sentence.start * 1000 + 250);
      expect(segment?.words.at(-1)?.endMs).toBeLessThan(sentence.end * 1000 + 400);
    }
    const all = segments.flatMap((segment) => segment.words);
    expect(all.every((word, index) => word.startMs >= (all[index - 1]?.startMs ?? 0))).toBe(true);
    expect(all.every((word) => word.probability > 0 && word.probability <= 1)).toBe(true);
    expect(segments.every(({ meanLogProb }) => meanLogProb <= 0 && meanLogProb > -1)).toBe(true);
  });

  test('keeps letters that take several bytes whole', () => {
    expect(spoken(heardSpanish)).toEqual(reference('dictado-es.ogg', 24).flatMap(({ text }) => words(text)));
    expect(heardSpanish.map(({ text }) => text).join('')).toMatch(/¿Puede usted .*Sí/);
  });

  test('hears the same in 16-bit and in float samples, which may change once it has begun', async () => {
    const floats = Float32Array.from(english, (sample) => sample / 32_768);
    const task = model.transcribe(floats, PARAMETERS);
    floats.fill(0);
    expect(await task.result).toEqual(heard);
  });

  test('reports every segment once, as the result repeats them, and rising progress', async () => {
    const reported: EngineSegment[] = [];
    const progress: number[] = [];
    const task = model.transcribe(english, PARAMETERS);
    task.onSegments((segments) => reported.push(...segments));
    task.onProgress((percent) => progress.push(percent));
    expect(reported).toEqual([]);
    expect(await task.result).toEqual(reported);
    expect(reported.length).toBeGreaterThan(3);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.length).toBeGreaterThan(3);
    expect(progress.at(-1)).toBe(100);
  });

  test('has nothing to say about less than a tenth of a second, and never reaches beyond the audio', async () => {
    expect(await model.transcribe(new Int16Array(0), PARAMETERS).result).toEqual([]);
    expect(await model.transcribe(new Int16Array(150).fill(900), PARAMETERS).result).toEqual([]);
    for (const segment of await model.transcribe(new Int16Array(5 * RATE), PARAMETERS).result) {
      expect(segment.endMs).toBeLessThanOrEqual(5000);
      expect(segment.words.every(({ endMs }) => endMs <= 5000)).toBe(true);
    }
  });

  test('times words by where the model looked, if it is asked to, without another word or a change in later words', async () => {
    for (const { flashAttention, audioContext } of [
      { flashAttention: false, audioContext: 0 },
      { flashAttention: true, audioContext: 768 },
    ]) {
      const sound = english.subarray(0, 12 * RATE);
      const parameters = { ...PARAMETERS, audioContext };
      const plain = await WhisperModel.load(DICTATION, { flashAttention });
      const aligned = await WhisperModel.load(DICTATION, { flashAttention, alignment: { topLayers: 1 } });
      const expected = await plain.transcribe(sound, parameters).result;
      const segments = await aligned.transcribe(sound, parameters).result;
      expect(segments.map(({ text }) => text)).toEqual(expected.map(({ text }) => text));
      for (const { words, startMs, endMs } of segments) {
        for (const [index, word] of words.entries()) {
          expect(word.startMs).toBeGreaterThanOrEqual(words[index - 1]?.endMs ?? startMs);
          expect(word.endMs).toBeGreaterThanOrEqual(word.startMs);
          expect(word.endMs).toBeLessThanOrEqual(endMs);
        }
      }
      const starts = segments.flatMap((segment) => segment.words.map(({ startMs }) => startMs));
      expect(new Set(starts).size).toBeGreaterThan(starts.length / 2);
      expect(await aligned.transcribe(sound, parameters).result).toEqual(segments);
      await plain.free();
      await aligned.free();
    }
    expect(await reasonOf(WhisperModel.load(DICTATION, { alignment: 'large.v3' }))).toBe('modelUnusable');
  });

  test('base begins and ends sentences where they are spoken, by its own heads', async () => {
    const base = await WhisperModel.load(join(ROOT, 'resources/models/ggml-base-q8_0.bin'), {
      flashAttention: true,
      alignment: 'shape',
    });
    const segments = await base.transcribe(english.subarray(0, 12 * RATE), {
      ...PARAMETERS,
      audioContext: 768,
    }).result;
    const words = segments.flatMap((segment) => segment.words);
    for (const { start, end } of reference('interview-en.m4a', 12)) {
      const nearest = (ms: number, times: number[]) => Math.min(...times.map((time) => Math.abs(time - ms)));
      expect(
        nearest(
          start * 1000,
          words.map(({ startMs }) => startMs),
        ),
      ).toBeLessThan(150);
      expect(
        nearest(
          end * 1000,
          words.map(({ endMs }) => endMs),
        ),
      ).toBeLessThan(250);
    }
    await base.free();
  }, 120_000);

  test('refuses a language that the model does not know', async () => {
    const { result } = model.transcribe(english, { ...PARAMETERS, language: 'xx' });
    expect(await reasonOf(result)).toBe('inferenceFailed');
  });
});

describe('repeating a window', () => {
  // whisper.soak.test.ts repeats longer ones, in the other ways to decode too.
  test('repeats its words with beams, whatever ran before', async () => {
    const until = 12 * RATE;
    await assertRepeatsItsWords(model, english.subarray(0, until), spanish.subarray(0, until), {
      strategy: 'beam',
    });
  });

  test('with beams takes the likeliest words, whatever the seed', async () => {
    const beam = { ...PARAMETERS, strategy: 'beam' as const, temperatureStep: 0 };
    const sound = english.subarray(0, 12 * RATE);
    const first = await model.transcribe(sound, beam).result;
    expect(await model.transcribe(sound, { ...beam, seed: 7 }).result).toEqual(first);
  });

  test('hears the same words with fused attention, and nothing of an earlier, longer window', async () => {
    const fused = await WhisperModel.load(DICTATION, { flashAttention: true });
    const options = { threads: 2, audioContext: 150 };
    const first = await fused.detectLanguage(spanish, options).result;
    expect(spoken(await fused.transcribe(english, PARAMETERS).result)).toEqual(spoken(heard));
    expect(await fused.detectLanguage(spanish, options).result).toEqual(first);
    await fused.free();
  });
});

describe('languages', () => {
  test.each([0, 150])('are told apart, with an audio context of %d', async (audioContext) => {
    const options = { threads: 2, audioContext };
    const guesses = await model.detectLanguage(spanish.subarray(RATE / 2, 4 * RATE), options).result;
    expect(guesses[0]?.language).toBe('es');
    expect(guesses[0]?.probability).toBeGreaterThan(0.5);
    expect(guesses.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 3);
    const other = await model.detectLanguage(english.subarray(RATE / 2, 4 * RATE), options).result;
    expect(other[0]?.language).toBe('en');
  });

  test('may be left to the model', async () => {
    const parameters = { ...PARAMETERS, language: 'auto' };
    expect(spoken(await model.transcribe(spanish, parameters).result)).toEqual(spoken(heardSpanish));
  });
});

describe('aborting', () => {
  // whisper.soak.test.ts aborts many more.
  test('thirty rounds leave neither a crash, nor a leak, nor a trace in the words', async () => {
    await abortRounds(model, english, PARAMETERS, 30);
  });

  test('ends at once what has not begun, and what comes after goes on', async () => {
    const [running, waiting] = [1, 2].map(() => model.transcribe(english, PARAMETERS));
    const last = model.transcribe(english, PARAMETERS);
    waiting?.abort();
    expect(
      await Promise.race([
        running?.result.then(() => 'ran'),
        reasonOf(last.result),
        reasonOf(waiting?.result ?? last.result),
      ]),
    ).toBe('aborted');
    running?.abort();
    expect(await reasonOf(running?.result ?? last.result)).toBe('aborted');
    expect((await last.result).length).toBeGreaterThan(0);
    last.abort();
  });

  test('freeing ends what runs; nothing works afterwards', async () => {
    const other = await WhisperModel.load(DICTATION);
    const tasks = [other.transcribe(english, PARAMETERS), other.detectLanguage(english, { threads: 1 })];
    const reasons = tasks.map(({ result }) => reasonOf(result));
    const freed = other.free();
    expect(await Promise.all(reasons)).toEqual(['aborted', 'aborted']);
    await freed;
    await other.free();
    expect(await reasonOf(other.transcribe(english, PARAMETERS).result)).toBe('notLoaded');
  });
});

describe('a process that ends while a task runs', () => {
  const program = (end: string, seconds = 30) => `
    import { Worker, isMainThread, parentPort } from 'node:worker_threads';
    const { WhisperModel } = await import(${JSON.stringify(join(ROOT, 'native/whisper.ts'))});
    const run = async (signal) => {
      const model = await WhisperModel.load(${JSON.stringify(DICTATION)});
      model.transcribe(new Float32Array(${seconds} * 16000).map((_, i) => Math.sin(i / 20)), ${JSON.stringify(PARAMETERS)}).result.catch(() => {});
      setTimeout(signal, 50);
    };
    ${end}`;
  const ends: [string, string, number][] = [
    ['exits', 'await run(() => process.exit(5));', 5],
    ['throws', 'await run(() => { throw new Error("planted"); });', 1],
    [
      'ends a worker thread',
      `if (isMainThread) {
         const worker = new Worker(new URL(import.meta.url));
         worker.on('message', () => worker.terminate().then(() => process.exit(6)));
       } else await run(() => parentPort.postMessage('running'));`,
      6,
    ],
  ];
  test.each(ends)('%s', async (name, end, status) => {
    const file = join(folder, `${name.replaceAll(' ', '-')}.mjs`);
    writeFileSync(file, program(end));
    const child = spawn(process.execPath, [file], { stdio: ['ignore', 'ignore', 'pipe'] });
    const noise: Buffer[] = [];
    child.stderr.on('data', (data: Buffer) => noise.push(data));
    const ended = await new Promise((resolve) =>
      child.on('close', (code, signal) => resolve(signal ?? code)),
    );
    expect(ended, Buffer.concat(noise).toString()).toBe(status);
  });

  test('prints nothing of its own', async () => {
    const file = join(folder, 'quiet.mjs');
    writeFileSync(file, program('await run(() => {});', 3));
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [file]);
    expect(stdout + stderr).toBe('');
  });
});

describe('a model file', () => {
  const bytes = readFileSync(DICTATION);
  const write = (name: string, content: Uint8Array | string) => {
    const file = join(folder, name);
    writeFileSync(file, content);
    return file;
  };

  test('is refused when it is none', async () => {
    const files = [
      join(folder, 'missing.bin'),
      folder,
      write('empty.bin', ''),
      write('text.bin', 'A letter, and no model. '.repeat(5000)),
      write('magic.bin', bytes.subarray(0, 4)),
      write('longer.bin', Buffer.concat([bytes, Buffer.from([1, 2, 3])])),
    ];
    for (const file of files) expect(await reasonOf(WhisperModel.load(file))).toBe('modelUnusable');
  });

  test('is refused when it is cut anywhere', async () => {
    const file = write('cut.bin', bytes);
    for (const length of [bytes.length - 1, 12_000_000, 5_000_000, 500_000, 70_000, 64_400, 400, 48, 20]) {
      truncateSync(file, length);
      expect(await reasonOf(WhisperModel.load(file)), `cut at ${length}`).toBe('modelUnusable');
    }
  });

  test('is refused when a number in its head is wrong', async () => {
    const file = openSync(write('head.bin', bytes), 'r+');
    const number = Buffer.alloc(4);
    for (let at = 4; at < 56; at += 4) {
      for (const value of [-1, 0, 7, 0x7fffffff]) {
        number.writeInt32LE(value);
        writeSync(file, number, 0, 4, at);
        const load = WhisperModel.load(join(folder, 'head.bin'));
        // The weights' nominal format is only a hint where every weight names its own: another valid one may load.
        expect(await reasonOf(load), `${value} at ${at}`).toMatch(at === 44 ? /./ : /^modelUnusable$/);
        if (at === 44) await load.then((loaded) => loaded.free()).catch(() => undefined);
      }
      writeSync(file, bytes, at, 4, at);
    }
    closeSync(file);
  }, 120_000);
});

describe('voice activity', () => {
  const WEIGHTS = join(ROOT, 'resources/models/ggml-silero-v6.2.0.bin');
  const expected = JSON.parse(
    readFileSync(join(import.meta.dirname, 'testing/silero-probabilities.json'), 'utf8'),
  ) as { probabilities: number[] };
  let speech: SpeechModel;
  let bilingual: Int16Array;

  beforeAll(async () => {
    speech = await SpeechModel.load(WEIGHTS);
    bilingual = (await decode('e2e/fixtures/bilingual.wav')).subarray(0, 20 * RATE + 100);
  });
  afterAll(() => speech.free());

  test("agrees with whisper.cpp's, which rounds to 16 bits between the layers", async () => {
    const { Session } = loadAddon();
    const session = new Session();
    await session.loadSpeech(WEIGHTS).promise;
    const { probabilities } = await session.voiceActivity(bilingual, null).promise;
    const differences = Array.from(probabilities, (own, at) =>
      Math.abs(own - (expected.probabilities[at] ?? Number.NaN)),
    );
    expect(differences).toHaveLength(expected.probabilities.length);
    expect(Math.max(...differences)).toBeLessThan(4e-3);
    expect(differences.filter((one) => one > 1e-3).length).toBeLessThan(differences.length / 50);
    await session.free();
  });

  test('is the same in portions as at once, with the state handed on', async () => {
    const whole = await speech.probabilities(bilingual, null).result;
    const found: number[] = [];
    let state: Uint8Array | null = null;
    for (let from = 0, chunks = 1; from < bilingual.length; chunks = ((chunks * 5) % 37) + 1) {
      const to = from + chunks * VOICE_CHUNK_SAMPLES;
      const portion: AddonVoiceActivity = await speech.probabilities(bilingual.subarray(from, to), state)
        .result;
      found.push(...portion.probabilities);
      // A blob from a database is a view into a larger buffer.
      state = Buffer.concat([Buffer.alloc(3), portion.state]).subarray(3);
      from = to;
    }
    expect(Uint8Array.from(found)).toEqual(whole.probabilities);
    expect(Uint8Array.from(state ?? [])).toEqual(whole.state);
    expect(whole.state).toHaveLength(VOICE_STATE_BYTES);
    expect(whole.probabilities).toHaveLength(Math.ceil(bilingual.length / VOICE_CHUNK_SAMPLES));
  });

  test('of silence and of noise is none', async () => {
    for (const file of ['silence-40s.wav', 'noise-40s.wav']) {
      const { probabilities } = await speech.probabilities(await decode(`e2e/fixtures/${file}`), null).result;
      expect(Math.max(...probabilities)).toBeLessThan(128);
    }
    expect((await speech.probabilities(new Int16Array(0), null).result).probabilities).toHaveLength(0);
  });

  test('can be aborted, and refuses a state that is none', async () => {
    const task = speech.probabilities(new Int16Array(600 * RATE), null);
    task.abort();
    expect(await reasonOf(task.result)).toBe('aborted');
    expect(() => speech.probabilities(bilingual, new Uint8Array(7))).toThrow(TypeError);
  });

  test('refuses files that hold no such weights', async () => {
    const file = join(folder, 'no-silero.bin');
    const whole = readFileSync(WEIGHTS);
    const renamed = Buffer.from(whole);
    renamed.write('X', renamed.indexOf('_model.decoder.rnn.bias_ih'));
    const contents = [
      Buffer.from('ggml'),
      Buffer.alloc(1000, 7),
      ...[whole.length - 1, 500_000, 9000, 60].map((length) => whole.subarray(0, length)),
      Buffer.concat([whole, Buffer.from([1, 2, 3])]),
      renamed,
    ];
    for (const content of contents) {
      writeFileSync(file, content);
      expect(await reasonOf(SpeechModel.load(file))).toBe('modelUnusable');
    }
    expect(await reasonOf(SpeechModel.load(DICTATION))).toBe('modelUnusable');
    expect(await reasonOf(SpeechModel.load(join(folder, 'missing')))).toBe('modelUnusable');
  });
});

test('says what runs', () => {
  expect(engineFacts()).toMatchObject({
    whisperVersion: '1.9.1',
    cpuVariant: expect.stringMatching(/^[a-z]\w+$/),
  });
});

test("answers smart-whisper's calls as smart-whisper does", async () => {
  const whisper = new Whisper(DICTATION);
  const floats = Float32Array.from(english, (sample) => sample / 32_768);
  const task = await whisper.transcribe(floats, {
    language: 'en',
    strategy: 0,
    suppress_non_speech_tokens: true,
  });
  const reported: SmartWhisperResult[] = [];
  task.on('transcribed', (result) => reported.push(result));
  const results = await task.result;
  expect(reported).toEqual(results);
  expect(results).toEqual(heard.map(({ startMs, endMs, text }) => ({ from: startMs, to: endMs, text })));
  await whisper.free();
});
