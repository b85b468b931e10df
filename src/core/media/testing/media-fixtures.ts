import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SAMPLE_RATE } from '../../../contract/audio.ts';
import { type DecodeRequest, decode } from '../decode.ts';
import { type Ffmpeg, findFfmpeg, findInstallerFfmpeg } from '../find-ffmpeg.ts';
import { probe } from '../probe.ts';
import { openSource } from '../source.ts';

/** The sample recording that the test files are made of: one channel, 34 s of English. */
export const SAMPLE = join(import.meta.dirname, '../../../../e2e/fixtures/interview-en.m4a');

/** A telephone call of 47 s with one speaker on each of its two channels. */
export const CALL = join(import.meta.dirname, '../../../../e2e/fixtures/call-two-channels.flac');

/** Eleven minutes of a hearing. */
export const HEARING = join(import.meta.dirname, '../../../../e2e/fixtures/hearing-12min.opus');

/** A file name with the options by which ffmpeg makes that kind of file. */
export interface Format {
  readonly file: string;
  readonly options: readonly string[];
}

/** Every kind of file that some ffmpeg can write and the decoder must read. */
export const FORMATS: readonly Format[] = [
  format('pcm8.wav', '-c:a pcm_u8'),
  format('pcm16.wav'),
  format('pcm24.wav', '-c:a pcm_s24le'),
  format('pcm32.wav', '-c:a pcm_s32le'),
  format('float32.wav', '-c:a pcm_f32le'),
  format('float64.wav', '-c:a pcm_f64le'),
  format('mulaw.wav', '-c:a pcm_mulaw -ar 8000'),
  format('alaw.wav', '-c:a pcm_alaw -ar 8000'),
  format('adpcm.wav', '-c:a adpcm_ms'),
  format('rf64.wav', '-rf64 always'),
  format('sound.w64'),
  format('sound.mp3'),
  format('sound.mp2'),
  format('index-last.m4a'),
  format('index-first.m4a', '-movflags +faststart'),
  format('fragments.mp4', '-movflags +frag_keyframe+empty_moov -frag_duration 500000'),
  format('sound.mov', '-c:a pcm_s24le'),
  format('sound.3gp', '-c:a aac'),
  format('sound.aac'),
  format('sound.flac'),
  format('vorbis.ogg', '-c:a libvorbis'),
  format('sound.opus', '-c:a libopus'),
  format('sound.webm', '-c:a libopus'),
  format('sound.mkv', '-c:a flac'),
  format('sound.wma', '-c:a wmav2'),
  format('narrow.amr', '-c:a libopencore_amrnb -ar 8000'),
  format('wide.amr', '-c:a libvo_amrwbenc -ar 16000'),
  format('sound.aiff'),
  format('sound.caf', '-c:a alac'),
  format('sound.au'),
  format('sound.ac3'),
  format('sound.eac3'),
  format('sound.dts', '-c:a dca -strict -2 -ar 48000'),
  format('sound.avi', '-c:a libmp3lame'),
  format('sound.ts', '-c:a aac'),
  format('sound.mpg', '-c:a mp2'),
  format('sound.flv', '-c:a aac'),
  format('sound.tta'),
  format('sound.wv'),
  format('sound.voc'),
  format('sound.nut', '-c:a libvorbis'),
  format('sound.rm', '-c:a ac3'),
];

function format(file: string, options = ''): Format {
  return { file, options: options.split(' ').filter((option) => option !== '') };
}

/** ffmpeg's message if it was built without an encoder or a container. */
const CANNOT_ENCODE =
  /Unknown encoder|Automatic encoder selection failed|not a suitable output format|Unable to find a suitable/;

const run = promisify(execFile);

/** Runs ffmpeg without restrictions, as a user would. Returns false if this build has no such encoder. */
export async function make(ffmpeg: Ffmpeg, args: readonly string[]): Promise<boolean> {
  try {
    await run(ffmpeg.path, ['-v', 'error', '-nostdin', '-y', ...args]);
    return true;
  } catch (error) {
    if (error instanceof Error && CANNOT_ENCODE.test(error.message)) return false;
    throw error;
  }
}

/** Makes seconds of the sample in a format with the first of these builds of ffmpeg that can; false if none can. */
export async function encode(
  builds: readonly Ffmpeg[],
  path: string,
  seconds: number,
  options: readonly string[],
): Promise<boolean> {
  for (const build of builds) {
    if (await make(build, ['-t', String(seconds), '-i', SAMPLE, '-ac', '1', ...options, path])) return true;
  }
  return false;
}

/**
 * A dictation as Olympus and Philips machines write it (libavformat/dssdec.c): a header of 1 KiB, then blocks of 512
 * bytes. Its content is noise.
 */
export function dssFile(blocks: number): Buffer {
  const file = Buffer.alloc(1024 + blocks * 512);
  file.write('\x02dss', 'latin1');
  file.write('260101120000260101120005', 0x26, 'latin1');
  for (let block = 0; block < blocks; block++) {
    const start = 1024 + block * 512;
    file[start + 2] = 12;
    for (let i = 6; i < 512; i++) file[start + i] = i * 37 + block * 11;
  }
  return file;
}

/** Audio decoded whole, with the error that ended it, if one did. */
export interface Decoded {
  readonly samples: Float32Array;
  readonly error: unknown;
}

/** Opens, probes and decodes a file as the pipeline does; only opening and probing throw. */
export async function decodeFile(
  path: string,
  ffmpeg: Ffmpeg,
  request: Partial<DecodeRequest> = {},
): Promise<Decoded> {
  const source = await openSource(path);
  try {
    const facts = await probe(source, ffmpeg);
    const [track] = facts.tracks;
    if (track === undefined) throw new Error('a probe without an error has a track');
    const blocks: Float32Array[] = [];
    let error: unknown = null;
    try {
      const wanted = { track: track.index, channels: track.channels, ...request };
      for await (const block of decode(source, ffmpeg, facts, wanted)) blocks.push(block);
    } catch (problem) {
      error = problem;
    }
    return { samples: joined(blocks), error };
  } finally {
    await source.close();
  }
}

/** What opening, probing or decoding a file ended with; null if it is sound. */
export async function failure(path: string, ffmpeg: Ffmpeg): Promise<unknown> {
  try {
    return (await decodeFile(path, ffmpeg)).error;
  } catch (error) {
    return error;
  }
}

/** Whether anything is heard between two times, in seconds, of one channel. */
export function isHeard(samples: Float32Array, from: number, to: number): boolean {
  return samples.subarray(from * SAMPLE_RATE, to * SAMPLE_RATE).some((sample) => Math.abs(sample) > 0.02);
}

/** An ID3v2 tag of so many bytes after its header. */
export function id3Tag(bytes: number): Buffer {
  const tag = Buffer.alloc(10 + bytes);
  tag.write('ID3\x04', 'latin1');
  tag.set([bytes >> 21, (bytes >> 14) & 127, (bytes >> 7) & 127, bytes & 127], 6);
  return tag;
}

/** The tag of 128 bytes after the audio. */
export const ID3V1_TAG = Buffer.from('TAGHearing'.padEnd(128, '\0'), 'latin1');

/** Joins blocks of samples. */
export function joined(blocks: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(blocks.reduce((sum, block) => sum + block.length, 0));
  let offset = 0;
  for (const block of blocks) {
    all.set(block, offset);
    offset += block.length;
  }
  return all;
}

/** The ffmpeg that the app finds here and, if that is another, the old one that every machine has. */
export async function everyFfmpeg(): Promise<Ffmpeg[]> {
  const found = await findFfmpeg();
  return found.origin === 'ffmpeg-installer' ? [found] : [found, await findInstallerFfmpeg()];
}

/** A folder for one test file, with a way to remove it. */
export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'voicesync-media-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Writes a file of these bytes into a folder and returns its path. */
export async function written(folder: string, name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** Ids of the living children of this process (Linux). */
export async function childProcesses(): Promise<number[]> {
  const children: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (Number(parent) === process.pid && state !== 'Z') children.push(Number(name));
  }
  return children;
}
