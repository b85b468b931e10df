import { describe, expect, it } from 'vitest';
import { VOICE_CHUNK_SAMPLES } from '../../contract/engine.ts';
import type { Segment } from '../../contract/transcript.ts';
import type { Engine, VoiceActivity } from '../engine/engine.ts';
import { LiveChannel } from './live-channel.ts';
import { LiveCrosstalk } from './live-crosstalk.ts';
import { heard } from './testing/heard.ts';

/** Answers that all of the sound is speech, as a detector may of music. */
const ALL_SPEECH: Pick<Engine, 'voiceActivity'> = {
  voiceActivity: async (pcm): Promise<VoiceActivity> => ({
    probabilities: new Uint8Array(pcm.length / VOICE_CHUNK_SAMPLES).fill(255),
    ...{ state: new Uint8Array(1024), computeMs: 0 },
  }),
};

function channelOfSpeech(): LiveChannel {
  const known = { channel: 0, speaker: null, sampleRate: 16_000 };
  return new LiveChannel(known, new LiveCrosstalk(1), ALL_SPEECH as Engine, new AbortController().signal);
}

/** Words of 0.3 s, two a second, none a sentence's end. */
const said = (seconds: number) =>
  heard(Array.from({ length: 2 * seconds }, (_, index) => `w${index}@${0.1 + index / 2}`).join(' '));

/** Speaks so long, with a pass over what is there after so much more each time. */
async function speak(channel: LiveChannel, seconds: number, everySeconds: number) {
  const segments: Segment[] = [];
  const lengthsMs: number[] = [];
  const spans: number[] = [];
  const words = said(seconds);
  const pass = () => {
    const plan = channel.plan();
    if (plan === null) return;
    const { startMs, endMs } = plan.range;
    lengthsMs.push(endMs - startMs);
    spans.push(channel.voice.speech.length);
    segments.push(
      ...channel.accept(
        plan,
        words.filter((word) => word.startMs >= startMs && word.startMs < endMs),
      ),
    );
    channel.forget();
  };
  for (let second = 0; second < seconds; second += 1) {
    const samples = Int16Array.from({ length: 16_000 }, (_, at) => 3000 * Math.sin(at / 5));
    channel.push(second * 1000, samples);
    while (channel.voice.canAdvance(null)) await channel.voice.advance(null);
    if ((second + 1) % everySeconds === 0) pass();
  }
  channel.end();
  while (channel.voice.canAdvance(channel.nextEndMs)) await channel.voice.advance(channel.nextEndMs);
  channel.passEnds();
  while (channel.plan() !== null) pass();
  const text = segments.map((segment) => segment.text).join(' ');
  return { text, all: words.map((word) => word.text).join(' '), lengthsMs, segments, spans };
}

describe('speech that never pauses', () => {
  it.each([1, 2, 5])(
    'is confirmed word for word, by passes that stay short, one each %i s',
    async (every) => {
      const channel = channelOfSpeech();
      const { text, all, lengthsMs, segments, spans } = await speak(channel, 180, every);
      expect(text).toBe(all);
      expect(Math.max(...lengthsMs)).toBeLessThanOrEqual(25_000);
      expect(lengthsMs.reduce((sum, ms) => sum + ms, 0) / lengthsMs.length).toBeLessThan(15_000);
      expect(Math.max(...segments.map(({ startMs, endMs }) => endMs - startMs))).toBeLessThan(12_000);
      expect(Math.max(...spans)).toBeLessThan(20);
      // What no pass needs any more is not kept.
      expect(channel.sound.endMs - channel.sound.startMs).toBeLessThan(30_000);
    },
  );

  it('is heard whole by passes that come late', async () => {
    const { text, all, lengthsMs } = await speak(channelOfSpeech(), 58, 58);
    expect(text).toBe(all);
    expect(lengthsMs[0]).toBe(25_000);
  });

  it('leaves out the oldest when it is a minute behind', async () => {
    const channel = channelOfSpeech();
    for (let second = 0; second < 100; second += 1) {
      channel.push(
        second * 1000,
        Int16Array.from({ length: 16_000 }, (_, at) => 3000 * Math.sin(at / 5)),
      );
      while (channel.voice.canAdvance(null)) await channel.voice.advance(null);
    }
    expect(channel.behindMs).toBeGreaterThan(99_000);
    expect(channel.skip()).toEqual({ skipped: { startMs: 0, endMs: 70_000 }, segments: [] });
    expect(channel.skip()).toBe(null);
    expect(channel.plan()?.range.startMs).toBe(70_000);
    channel.forget();
    expect(channel.sound.startMs).toBeGreaterThan(65_000);
  });
});
