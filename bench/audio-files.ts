import { findFfmpeg } from '../src/core/media/find-ffmpeg.ts';
import { runSuccessfully } from './run-process.ts';

/** Decodes a recording for whisper.cpp's own command line: WAV, 16 kHz, mixed to mono. */
export async function decodeToWav(source: string, target: string): Promise<void> {
  await ffmpeg(['-i', source, '-vn', '-ac', '1', '-ar', '16000', '-c:a', 'pcm_s16le', target]);
}

/** Makes a shorter or, by repetition, longer recording of the same encoding, without re-encoding. */
export async function makeOfLength(source: string, target: string, seconds: number): Promise<void> {
  await ffmpeg(['-stream_loop', '-1', '-i', source, '-t', String(seconds), '-c', 'copy', target]);
}

/**
 * Simulates a stereo microphone in a room from a call with one speaker per channel: both microphones record
 * both voices, the farther one later and softer, with reverberation.
 */
export async function makeRoomRecording(call: string, target: string): Promise<void> {
  const filter = [
    '[0:a]channelsplit=channel_layout=stereo[a][b]',
    '[a]asplit=2[a-near][a-far-dry]',
    '[b]asplit=2[b-near][b-far-dry]',
    '[a-far-dry]adelay=0.6,volume=0.7[a-far]',
    '[b-far-dry]adelay=0.6,volume=0.7[b-far]',
    '[a-near][b-far]amix=inputs=2:normalize=0[left]',
    '[b-near][a-far]amix=inputs=2:normalize=0[right]',
    '[left][right]join=inputs=2:channel_layout=stereo,aecho=0.9:0.6:17|29:0.12|0.08,volume=0.7[room]',
  ].join(';');
  await ffmpeg(['-i', call, '-filter_complex', filter, '-map', '[room]', '-c:a', 'flac', target]);
}

/** Encodes a recording as Opus at 32 kbit/s, as phones and recorders do. */
export async function encodeOpus(source: string, target: string): Promise<void> {
  await ffmpeg(['-i', source, '-c:a', 'libopus', '-b:a', '32k', target]);
}

/** How a recording's gain, DC offset and sample format are changed. */
export interface LevelChange {
  readonly decibels: number;
  /** Added to every sample, 1 being full scale. */
  readonly offset: number;
  readonly codec: 'pcm_f32le' | 'pcm_s24le';
}

/** Makes a WAV of a recording at another level, with its own rate and channels. Floating point does not clip. */
export async function changeLevel(
  source: string,
  target: string,
  { decibels, offset, codec }: LevelChange,
): Promise<void> {
  const filter = [
    'aformat=sample_fmts=fltp',
    `volume=${decibels}dB:precision=float`,
    ...(offset === 0 ? [] : [`aeval=val(ch)+${offset}:c=same`]),
  ].join(',');
  await ffmpeg(['-i', source, '-vn', '-af', filter, '-c:a', codec, target]);
}

async function ffmpeg(args: readonly string[]): Promise<void> {
  const { path } = await findFfmpeg();
  await runSuccessfully(path, ['-nostdin', '-loglevel', 'error', '-y', ...args]);
}
