import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Segment } from '../../contract/transcript.ts';
import { Engine } from '../engine/engine.ts';
import { type EngineLauncher, type EngineProcess, forkEngine } from '../engine/engine-process.ts';
import { slowed } from '../engine/testing/slow-engine.ts';
import { findFfmpeg } from '../media/find-ffmpeg.ts';
import { decodeFile } from '../media/testing/media-fixtures.ts';
import { modelFacts } from '../models/model-header.ts';
import { DICTATION_MODEL } from '../models/testing/dictation-model.ts';
import { commonPairs } from '../text-alignment/common-words.ts';
import type { LiveEvent } from './live-event.ts';
import type { LiveModel } from './live-model.ts';
import { LiveTranscriber } from './live-transcriber.ts';

const FIXTURES = fileURLToPath(new URL('../../../e2e/fixtures', import.meta.url));
const DISOBEDIENT = fileURLToPath(new URL('../engine/testing/disobedient-engine.ts', import.meta.url));

const MEMO = [
  "I checked the blue folder at eight o'clock in the afternoon.",
  'The code is one four zero nine.',
  'We waited fifty days near the hospital.',
  'Case Mike Echo five one is sealed.',
  'Interview number seven nine two, recorded on April thirtieth.',
  'This is the end of the recording.',
];

let model: LiveModel;
/** Used by one transcriber after the other, as by one session after the other; those of tests that need their own are closed. */
let shared: Engine;
let engines: Engine[] = [];

beforeAll(async () => {
  model = { choice: DICTATION_MODEL, facts: await modelFacts(DICTATION_MODEL.path) };
  shared = new Engine(() => forkEngine());
});

afterAll(() => shared.close());

afterEach(async () => {
  const opened = engines;
  engines = [];
  for (const engine of opened) await engine.close();
});

async function pcmOf(file: string, channels = 1): Promise<Int16Array[]> {
  const { samples } = await decodeFile(join(FIXTURES, file), await findFfmpeg(), { channels });
  return Array.from({ length: channels }, (_, channel) =>
    Int16Array.from({ length: samples.length / channels }, (_, at) =>
      Math.round((samples[at * channels + channel] ?? 0) * 32_767),
    ),
  );
}

/** A live transcriber over a real engine, what it told, and how it is fed. */
function started(
  options: {
    /** Starts an engine of the test's own. */
    launch?: EngineLauncher;
    path?: string;
    channels?: number;
    language?: string;
    sampleRate?: number;
    /** Without text. */
    silent?: boolean;
  } = {},
) {
  const { launch, path, channels = 1, language = 'en' } = options;
  const engine = launch === undefined ? shared : new Engine(launch);
  if (launch !== undefined) engines.push(engine);
  const events: LiveEvent[] = [];
  const final = path === undefined ? model : { ...model, choice: { ...model.choice, path } };
  const live = new LiveTranscriber({
    ...{
      engine,
      models: options.silent ? null : { final, others: [] },
      channels,
      sampleRate: options.sampleRate ?? 16_000,
    },
    speakers: channels === 1 ? null : ['Speaker 1', 'Speaker 2'],
    choice: { language, prompt: '', translate: false },
    emit: (event) => events.push(event),
  });
  const segments = (): Segment[] =>
    events.flatMap((event) => (event.type === 'segments' ? event.segments : []));
  return {
    live,
    events,
    segments,
    texts: () => segments().map(({ text }) => text),
    of: <T extends LiveEvent['type']>(type: T) =>
      events.filter((event): event is Extract<LiveEvent, { type: T }> => event.type === type),
    /** Pushes sound in blocks of 0.1 s, each a moment later if the text is behind by so much, but never slower than said. */
    async feed(sounds: readonly Int16Array[], { fromMs = 0, rate = 16_000, behindMs = 700 } = {}) {
      const block = rate / 10;
      for (let at = 0; at < (sounds[0] as Int16Array).length; at += block) {
        const startMs = fromMs + (at * 1000) / rate;
        for (const [channel, sound] of sounds.entries()) {
          live.push({ startMs, samples: sound.slice(at, at + block), channel });
        }
        for (let waited = 0; waited < 100 && live.behindMs > behindMs; waited += 2) await wait(2);
      }
    },
  };
}

/** The texts that a reader saw one after the other: all that is confirmed, segments included, of a channel. */
function confirmedTexts(events: readonly LiveEvent[], channel = 0): string[] {
  let committed = '';
  const seen: string[] = [];
  for (const event of events) {
    if (event.type === 'segments' && event.channel === channel) {
      committed += event.segments.map(({ text }) => ` ${text}`).join('');
    } else if (event.type === 'text' && event.channel === channel) {
      seen.push(`${committed} ${event.confirmed}`.trim());
    }
  }
  return seen;
}

/**
 * How many words of the memo are missing in a text, or too many in it. When passes are depends on how busy the machine is, and
 * the small model now and then takes half a digit for another one.
 */
function wrongWords(texts: readonly string[]): number {
  const heard = texts.join(' ').split(' ');
  const said = MEMO.join(' ').split(' ');
  const right = commonPairs(said, heard, { keyOf: (word) => word }).length;
  return Math.max(said.length, heard.length) - right;
}

describe('live text', () => {
  it('is what is said: interim first, then confirmed word by word, never changed, then segments', async () => {
    const { live, feed, events, segments, texts, of } = started();
    const [sound] = await pcmOf('memo-en.mp3');
    await feed([sound as Int16Array]);
    await live.finish();
    expect(wrongWords(texts())).toBeLessThanOrEqual(1);
    const seen = confirmedTexts(events);
    expect(seen.filter((text, index) => !text.startsWith(seen[index - 1] ?? ''))).toEqual([]);
    // Words are read before the sentence is over, grey ones before confirmed ones.
    const first = events.findIndex((event) => event.type === 'segments');
    const before = events.slice(0, first).flatMap((event) => (event.type === 'text' ? [event] : []));
    expect(before.some(({ interim }) => interim !== '')).toBe(true);
    expect(before.some(({ confirmed }) => MEMO[0]?.startsWith(confirmed) && confirmed !== '')).toBe(true);
    expect(of('text').at(-1)).toMatchObject({ confirmed: '', interim: '' });
    // Where it was said.
    expect(Math.abs((segments()[1] as Segment).startMs - 4600)).toBeLessThan(400);
    expect(
      of('speech')
        .map(({ isSpeaking }) => isSpeaking)
        .slice(0, 2),
    ).toEqual([true, false]);
    expect(of('model')).toEqual([
      expect.objectContaining({ reason: 'keepsUp', model: DICTATION_MODEL.name }),
    ]);
    expect(of('failed')).toEqual([]);
  });

  it('is the same from the device’s own rate', async () => {
    const { live, feed, texts, segments } = started({ sampleRate: 48_000 });
    const [sound] = await pcmOf('memo-en.mp3');
    const short = (sound as Int16Array).subarray(0, 7 * 16_000);
    const fast = Int16Array.from({ length: short.length * 3 }, (_, at) => {
      const [a = 0, b = 0] = [short[Math.floor(at / 3)], short[Math.floor(at / 3) + 1]];
      return Math.round(a + ((b - a) * (at % 3)) / 3);
    });
    await feed([fast], { rate: 48_000 });
    await live.finish();
    Segment.array().parse(segments());
    expect(texts()).toEqual(MEMO.slice(0, 2));
  });

  it.each(['silence-40s.wav', 'noise-40s.wav'])('never transcribes %s', async (file) => {
    const { live, feed, events, of } = started();
    await feed(await pcmOf(file));
    await live.finish();
    expect(live.figures.passes).toBe(0);
    expect(of('text')).toEqual([]);
    expect(events.some(({ type }) => type === 'segments')).toBe(false);
  });

  it('hears each channel as a speaker of its own', async () => {
    const { live, feed, segments, of } = started({ channels: 2 });
    const call = await pcmOf('call-two-channels.flac', 2);
    await feed(call.map((sound) => sound.subarray(0, 16 * 16_000)));
    await live.finish();
    const said = (speaker: string) =>
      segments()
        .filter((segment) => segment.speaker === speaker)
        .map(({ text }) => text)
        .join(' ');
    expect(said('Speaker 1')).toMatch(/^Patient Whiskey seven one .* on Thursday evening\.$/);
    expect(said('Speaker 2')).toMatch(
      /^I checked the green camera .* Did you return the car\? Yes, I did\.$/,
    );
    expect(new Set(of('text').map(({ channel, speaker }) => `${channel} ${speaker}`))).toEqual(
      new Set(['0 Speaker 1', '1 Speaker 2']),
    );
  });

  it('hears once what the loudspeakers bring into the microphone', async () => {
    const { live, feed, segments } = started({ channels: 2 });
    const [mine = new Int16Array(), theirs = new Int16Array()] = await pcmOf('call-two-channels.flac', 2);
    const length = 16 * 16_000;
    // 60 ms later and 20 dB softer.
    const heard = Int16Array.from(
      { length },
      (_, at) => (mine[at] ?? 0) + Math.round(0.1 * (theirs[at - 960] ?? 0)),
    );
    await feed([heard, theirs.subarray(0, length)]);
    await live.finish();
    const said = segments().map(({ speaker, text }) => `${speaker}: ${text}`);
    expect(said.filter((line) => line.includes('green camera'))).toEqual([
      "Speaker 2: I checked the green camera at five o'clock in the evening.",
    ]);
    expect(said.filter((line) => line.includes('Patient'))).toHaveLength(1);
  });

  it('hears a voice that is 40 dB too quiet', async () => {
    const { live, feed, texts } = started();
    const [sound = new Int16Array()] = await pcmOf('memo-en.mp3');
    await feed([sound.subarray(0, 7 * 16_000).map((sample) => Math.round(sample / 100))]);
    await live.finish();
    expect(texts().join(' ')).toContain(
      "folder at eight o'clock in the afternoon. The code is one four zero nine.",
    );
  });

  it('finds the language of what is said first', async () => {
    const { live, feed, of, segments } = started({ language: 'auto' });
    const [sound] = await pcmOf('dictado-es.ogg');
    await feed([(sound as Int16Array).subarray(0, 8 * 16_000)]);
    await live.finish();
    expect(of('language').at(-1)).toMatchObject({ language: 'es' });
    expect(segments()[0]).toMatchObject({ language: 'es', text: 'Ana estaba en el hospital en noviembre.' });
  });

  it('follows from language to language where several are expected', async () => {
    const { live, feed, segments } = started({ language: 'mixed' });
    const [sound = new Int16Array()] = await pcmOf('bilingual.wav');
    await feed([sound.subarray(0, 17 * 16_000)]);
    await live.finish();
    const said = (language: string) =>
      segments()
        .filter((segment) => segment.language === language)
        .map(({ text }) => text)
        .join(' ');
    expect(said('en')).toMatch(/^The code is .* twelve months/);
    expect(said('es')).toMatch(/carpeta .* por la mañana/);
  });

  it('tells who speaks, and keeps nothing, where no text is wanted', async () => {
    const { live, feed, events, of } = started({ silent: true });
    const [sound] = await pcmOf('memo-en.mp3');
    await feed([sound as Int16Array]);
    await live.finish();
    expect(of('speech').length).toBeGreaterThan(8);
    expect(events.every(({ type }) => type === 'speech')).toBe(true);
    expect(live.behindMs).toBeLessThan(500);
  });

  it('confirms at a pause of the recording what was said before it', async () => {
    const { live, feed, texts } = started();
    const [sound = new Int16Array()] = await pcmOf('memo-en.mp3');
    await feed([sound.subarray(0, 3.5 * 16_000)]);
    live.pause();
    while (texts().length === 0) await wait(5);
    expect(texts()).toEqual([MEMO[0]]);
    await feed([sound.subarray(4 * 16_000, 7 * 16_000)], { fromMs: 3_500 });
    await live.finish();
    expect(texts()).toEqual(MEMO.slice(0, 2));
  });
});

describe('live text when the engine', () => {
  it('dies goes on, and nothing is lost', async () => {
    const launched: EngineProcess[] = [];
    const launch = () => {
      const engine = forkEngine();
      launched.push(engine);
      return engine;
    };
    const { live, feed, texts, of } = started({ launch });
    const [sound = new Int16Array()] = await pcmOf('memo-en.mp3');
    await feed([sound.subarray(0, 6 * 16_000)]);
    launched[0]?.kill();
    await feed([sound.subarray(6 * 16_000)], { fromMs: 6_000, behindMs: 20_000 });
    await live.finish();
    expect(wrongWords(texts())).toBeLessThanOrEqual(1);
    expect(of('failed')).toEqual([]);
    expect(of('skipped')).toEqual([]);
    expect(launched).toHaveLength(2);
  });

  it('cannot be had says so, and ends', async () => {
    const { live, feed, of } = started({ launch: () => forkEngine(DISOBEDIENT), path: 'dies' });
    const [sound = new Int16Array()] = await pcmOf('memo-en.mp3');
    await feed([sound.subarray(0, 5 * 16_000)], { behindMs: Number.POSITIVE_INFINITY });
    while (of('failed').length === 0) await wait(10);
    await live.finish();
    expect(of('failed')).toEqual([
      expect.objectContaining({ error: expect.objectContaining({ code: 'engine.crashed' }) }),
    ]);
  });

  it('is too slow leaves out the oldest, says so, and is right about what is said last', async () => {
    const { live, feed, texts, of } = started({ launch: slowed(() => forkEngine(), 2) });
    const [sound = new Int16Array()] = await pcmOf('memo-en.mp3');
    const gap = new Int16Array(16_000 * 100);
    gap.set((await pcmOf('interview-en.m4a'))[0]?.subarray(0, 34 * 16_000) ?? gap);
    // Two minutes of sound at once.
    await feed([gap], { behindMs: Number.POSITIVE_INFINITY });
    await feed([sound], { fromMs: 100_000, behindMs: Number.POSITIVE_INFINITY });
    await live.finish();
    expect(wrongWords(texts().slice(-MEMO.length))).toBeLessThanOrEqual(1);
    expect(of('skipped')).toEqual([expect.objectContaining({ reason: 'late', startMs: 0 })]);
    expect(live.figures.skippedMs).toBeGreaterThan(30_000);
    expect(of('late').map(({ isLate }) => isLate)).toEqual([true, false]);
  }, 120_000);

  it('is aborted tells nothing more', async () => {
    const { live, feed, events } = started();
    const [sound = new Int16Array()] = await pcmOf('memo-en.mp3');
    await feed([sound.subarray(0, 3 * 16_000)]);
    const before = events.length;
    await live.abort();
    live.push({ startMs: 3_000, samples: sound.slice(0, 16_000), channel: 0 });
    expect(events).toHaveLength(before);
  });
});
