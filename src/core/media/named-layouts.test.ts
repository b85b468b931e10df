import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { SAMPLE_RATE } from '../../contract/audio.ts';
import { decodeFile, everyFfmpeg, make, temporaryFolder, written } from './testing/media-fixtures.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());
const builds = await everyFfmpeg();

/** Layouts as in a WAV header: a bit for each loudspeaker (libavutil/channel_layout.h). */
const LAYOUTS: readonly (readonly [name: string, channels: number, mask: number])[] = [
  ['stereo', 2, 0x3],
  ['centre and LFE', 2, 0xc],
  ['downmix', 2, 0x6000_0000],
  ['3.0', 3, 0x7],
  ['3.0(back)', 3, 0x103],
  ['quad', 4, 0x33],
  ['quad(side)', 4, 0x603],
  ['5.1(side)', 6, 0x60f],
  ['hexagonal', 6, 0x137],
  ['octagonal', 8, 0x737],
  ['7.1(wide)', 8, 0xff],
  ['top loudspeakers only', 6, 0x3f000],
  ['no layout', 3, 0],
  ['no layout, twelve channels', 12, 0],
  ['no layout, sixteen channels', 16, 0],
  ['no layout, thirty-two channels', 32, 0],
  ['no layout, sixty-four channels', 64, 0],
];

describe.each(builds)('with ffmpeg $version', (ffmpeg) => {
  test.each(LAYOUTS)('%s: each channel is what it was', async (_, channels, mask) => {
    const path = await written(folder.path, 'tones.wav', tonesWav(channels, mask));
    const { samples, error } = await decodeFile(path, ffmpeg);
    expect(error).toBeNull();
    expect(samples.length).toBe((channels * SAMPLE_RATE) / 10);
    expect(tonesHeard(samples, channels)).toEqual(Array.from({ length: channels }, (_, i) => [i]));
  });

  test.each([
    ['one that is LFE', 1, 0x8],
    ['one on the left', 1, 0x1],
    ['5.1', 6, 0x3f],
    ['7.1(wide)', 8, 0xff],
  ])('%s: mixed down, nobody is lost', async (_, channels, mask) => {
    const path = await written(folder.path, 'tones.wav', tonesWav(channels, mask));
    const { samples, error } = await decodeFile(path, ffmpeg, { channels: 1 });
    expect(error).toBeNull();
    const levels = Array.from({ length: channels }, (_, tone) => levelOf(samples, 1, 0, tone));
    for (const level of levels) expect(level).toBeCloseTo(TONE_LEVEL / channels, 2);
  });

  test('of several tracks mixed, none loses a channel', async () => {
    const tones = await written(folder.path, 'tones.wav', tonesWav(6, 0x3f));
    const path = join(folder.path, 'tracks.mkv');
    await make(ffmpeg, ['-i', tones, '-i', tones, '-map', '0', '-map', '1', '-c:a', 'pcm_s16le', path]);
    const { samples, error } = await decodeFile(path, ffmpeg, { track: 'mix', channels: 1 });
    expect(error).toBeNull();
    for (let tone = 0; tone < 6; tone++) {
      expect(levelOf(samples, 1, 0, tone)).toBeCloseTo(TONE_LEVEL / 6, 2);
    }
  });
});

const TONE_LEVEL = 0.25;
const FRAMES = SAMPLE_RATE / 10;

/** Far enough apart to be resolved in a tenth of a second, with whole periods in it. */
function toneHertz(tone: number): number {
  return 100 + 100 * tone;
}

/** A tenth of a second of 16-bit audio with a tone of its own on each channel, in a WAV header with this channel mask. */
function tonesWav(channels: number, mask: number): Buffer {
  const header = Buffer.alloc(68);
  const dataBytes = FRAMES * channels * 2;
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(60 + dataBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(40, 16);
  header.writeUInt16LE(0xfffe, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(SAMPLE_RATE, 24);
  header.writeUInt32LE(SAMPLE_RATE * channels * 2, 28);
  header.writeUInt16LE(channels * 2, 32);
  header.writeUInt16LE(16, 34);
  header.writeUInt16LE(22, 36);
  header.writeUInt16LE(16, 38);
  header.writeUInt32LE(mask, 40);
  Buffer.from('0100000000001000800000aa00389b71', 'hex').copy(header, 44);
  header.write('data', 60, 'latin1');
  header.writeUInt32LE(dataBytes, 64);
  const data = Buffer.alloc(dataBytes);
  for (let i = 0; i < FRAMES * channels; i++) {
    const phase = (2 * Math.PI * toneHertz(i % channels) * Math.floor(i / channels)) / SAMPLE_RATE;
    data.writeInt16LE(Math.round(TONE_LEVEL * 32_767 * Math.sin(phase)), i * 2);
  }
  return Buffer.concat([header, data]);
}

/** Which tones are present on each channel. */
function tonesHeard(samples: Float32Array, channels: number): number[][] {
  const tones = [...Array(channels).keys()];
  return tones.map((channel) =>
    tones.filter((tone) => levelOf(samples, channels, channel, tone) > TONE_LEVEL / 20),
  );
}

/** The peak level of a tone on a channel. */
function levelOf(samples: Float32Array, channels: number, channel: number, tone: number): number {
  const frames = samples.length / channels;
  let sine = 0;
  let cosine = 0;
  for (let i = 0; i < frames; i++) {
    const phase = (2 * Math.PI * toneHertz(tone) * i) / SAMPLE_RATE;
    sine += (samples[i * channels + channel] ?? 0) * Math.sin(phase);
    cosine += (samples[i * channels + channel] ?? 0) * Math.cos(phase);
  }
  return (2 * Math.hypot(sine, cosine)) / frames;
}
