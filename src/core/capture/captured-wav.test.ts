import { expect, test } from 'vitest';
import { CaptureSource, type CaptureStore } from './capture-source.ts';
import { capturedWav, capturedWavBytes } from './captured-wav.ts';

/** The header of a capture of so many sample frames, of two channels at 48 kHz; its sound is not read. */
async function headerOf(sampleFrames: number): Promise<{ header: Buffer; fileBytes: number }> {
  const sound = { recordingId: '', name: '', startedAtMs: 0, sampleRate: 48_000, channels: 2 };
  const source = new CaptureSource({} as CaptureStore, { ...sound, speakers: 'channels' });
  source.grown(sampleFrames);
  source.end();
  const { value } = await capturedWav(source).next();
  return { header: value ?? Buffer.alloc(0), fileBytes: capturedWavBytes(source) };
}

test('a WAV file says its format and its sizes', async () => {
  const { header, fileBytes } = await headerOf(1000);
  expect(header.toString('latin1', 0, 4) + header.toString('latin1', 8, 16)).toBe('RIFFWAVEfmt ');
  expect(header.readUInt32LE(4)).toBe(fileBytes - 8);
  // PCM, channels, rate, bytes per second, bytes per frame, bits.
  expect([header.readUInt16LE(20), header.readUInt16LE(22)]).toEqual([1, 2]);
  expect([header.readUInt32LE(24), header.readUInt32LE(28)]).toEqual([48_000, 192_000]);
  expect([header.readUInt16LE(32), header.readUInt16LE(34)]).toEqual([4, 16]);
  expect([header.toString('latin1', 36, 40), header.readUInt32LE(40)]).toEqual(['data', 4000]);
  expect(header.length).toBe(44);
});

test('one of more than 4 GB is RF64, with its sizes in 64 bits', async () => {
  const sampleFrames = 24 * 3600 * 48_000;
  const { header, fileBytes } = await headerOf(sampleFrames);
  expect(header.toString('latin1', 0, 4) + header.toString('latin1', 8, 16)).toBe('RF64WAVEds64');
  expect([header.readUInt32LE(4), header.readUInt32LE(16)]).toEqual([0xffff_ffff, 28]);
  const sizes = [20, 28, 36].map((place) => Number(header.readBigUInt64LE(place)));
  expect(sizes).toEqual([fileBytes - 8, 4 * sampleFrames, sampleFrames]);
  expect(header.readUInt32LE(44)).toBe(0);
  expect([header.toString('latin1', 48, 52), header.readUInt32LE(header.length - 4)]).toEqual([
    'fmt ',
    0xffff_ffff,
  ]);
});
