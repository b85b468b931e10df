import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { AppError } from '../../contract/errors.ts';
import type { SpokenFormat } from '../../contract/read-aloud.ts';
import { childEnvironment } from '../media/child-environment.ts';
import type { Ffmpeg } from '../media/find-ffmpeg.ts';

/** A WAV file (RIFF, 16-bit PCM, one channel). */
export function wavFile(samples: Int16Array, sampleRate: number): Uint8Array {
  const bytes = new Uint8Array(44 + samples.byteLength);
  const view = new DataView(bytes.buffer);
  const name = (at: number, text: string) => bytes.set(new TextEncoder().encode(text), at);
  name(0, 'RIFF');
  view.setUint32(4, 36 + samples.byteLength, true);
  name(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, 2 * sampleRate, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  name(36, 'data');
  view.setUint32(40, samples.byteLength, true);
  bytes.set(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength), 44);
  return bytes;
}

/** The same as a file of a format; MP3 is made by ffmpeg, in memory. Throws `export.failed`, `ffmpeg.missing`. */
export async function soundFile(
  samples: Int16Array,
  sampleRate: number,
  format: SpokenFormat,
  ffmpeg: () => Promise<Ffmpeg>,
): Promise<Uint8Array> {
  const wav = wavFile(samples, sampleRate);
  if (format === 'wav') return wav;
  const { path } = await ffmpeg();
  const args = ['-hide_banner', '-loglevel', 'error', '-f', 'wav', '-i', 'pipe:0', '-map_metadata', '-1'];
  const child = spawn(path, [...args, '-c:a', 'libmp3lame', '-q:a', '4', '-f', 'mp3', 'pipe:1'], {
    ...{ env: childEnvironment(), cwd: '/', windowsHide: true, stdio: ['pipe', 'pipe', 'ignore'] },
  });
  const made: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => made.push(chunk));
  // One that ends early tells so by its status.
  child.stdin?.on('error', () => undefined).end(wav);
  const [status] = (await once(child, 'close')) as [number | null];
  if (status !== 0) throw new AppError('export.failed', {});
  return Buffer.concat(made);
}
