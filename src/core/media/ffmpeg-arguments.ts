import fluent from 'fluent-ffmpeg';
import { SAMPLE_RATE } from '../../contract/audio.ts';
import { SELF_CONTAINED_DEMUXERS } from './demuxers.ts';
import type { FfmpegInput } from './ffmpeg-input.ts';

/** The output: which tracks, into how many channels, and its maximum length. */
export interface OutputChoice {
  /** Stream indices in the container; several are mixed into one. */
  readonly tracks: readonly number[];
  /** Interleaved channels of the output: 1 averages all of the tracks', any other number takes as many by index. */
  readonly channels: number;
  /** Longest output, in milliseconds. */
  readonly durationMs: number;
  /** Whether the container has a timestamp for each packet. */
  readonly clocked: boolean;
}

/** Most streams a source may have; court recorders write dozens. */
const MAX_STREAMS = 64;

/** Largest block of memory ffmpeg may allocate at once, in bytes. */
const MAX_ALLOCATION_BYTES = 512 * 1024 * 1024;

/** Arguments that make ffmpeg read the headers of `input`, print the result and end. */
export function probeArguments(input: FfmpegInput): string[] {
  const command = fluent();
  addInput(command, input, 'info');
  return built(command);
}

/** Arguments that make ffmpeg decode `input` to interleaved 32-bit float PCM at 16 kHz on its standard output. */
export function decodeArguments(input: FfmpegInput, choice: OutputChoice): string[] {
  const [only, ...others] = choice.tracks;
  if (only === undefined) throw new Error('no track to decode');
  const command = fluent();
  // Each track gets an input of its own: if they share one, amix drops the rest of the longer ones.
  for (const _ of choice.tracks) addInput(command, input, 'warning');
  if (others.length > 0) command.complexFilter(mixGraph(choice.tracks), 'mix');
  else {
    const clock = input.demuxer === null ? '' : COUNTED;
    const resampling = choice.clocked ? timeline(SAY_START) : RESAMPLE;
    command
      .outputOptions(['-map', `0:${only}`])
      .audioFilters(`${clock}${panFilter(choice.channels)}${resampling}`);
  }
  command
    .outputOptions(['-vn', '-sn', '-dn', '-map_metadata', '-1'])
    .outputOptions(['-t', (choice.durationMs / 1000).toFixed(3)])
    .outputOptions(['-threads', '1'])
    // In full buffers; ffmpeg would write every packet of 20 ms by itself, which costs both sides more than decoding it.
    .outputOptions(['-flush_packets', '0'])
    .format('f32le')
    .output('pipe:1');
  return built(command);
}

/** A resampler that averages channels if it mixes them: with floats the sum would exceed full scale. */
const RESAMPLE = `aresample=${SAMPLE_RATE}:rematrix_maxval=1`;

/**
 * Resamples, and keeps to the container's clock: a gap becomes silence, so that a time in the output is the same time
 * in any player. In two steps, as ffmpeg holds a whole gap in memory: at 16 kHz it may last an hour on two channels.
 */
function timeline(then: string, options = ''): string {
  return [
    RESAMPLE,
    'aformat=sample_fmts=flt',
    `asetpts='${ONWARDS}${then}PTS+ld(0)'`,
    `${RESAMPLE}:async=1${options}`,
  ].join(',');
}

/**
 * If the clock jumps back, as on a restart, what follows is appended to the previous: the resampler would drop it.
 * ld(0) is the clock's offset, ld(1) the end of the audio so far. 0.1 s is the least that the resampler drops.
 */
const ONWARDS =
  'st(0,if(gt(N,0)*lt(PTS+ld(0),ld(1)-0.1/TB),ld(1)-PTS,ld(0)));st(1,PTS+ld(0)+NB_SAMPLES/SR/TB);';

/**
 * Writes to the log (level 24: warning) when the first audio starts, in seconds from the first packet of any track. The
 * resampler could prepend silence itself, but does so again whenever sample rate or channels change.
 */
const SAY_START = 'if(eq(N,0),print((PTS+ld(0))*TB,24));';

/** When the first audio starts, in milliseconds, as a decoding with a clock writes it to its log; null before. */
export function startInLog(log: string): number | null {
  const seconds = /^(?:\[[^\]]*\] )?(-?\d+\.\d{6}|-?nan)\r?$/m.exec(log)?.[1];
  if (seconds === undefined) return null;
  return Math.max(0, Math.round(Number(seconds) * 1000) || 0);
}

/** A channel layout is a mask of 64 bits, of which ffmpeg 4 rejects the last two. */
const MOST_PANNED = 62;

/**
 * The filter, with a trailing comma, that selects channels by index alone. `-ac` would mix by the names of the
 * loudspeakers: in the layout `quad` the third of four microphones would become the second. One channel is the average,
 * because ffmpeg's own omits LFE.
 */
function panFilter(channels: number): string {
  const places = [...Array(channels === 1 ? MOST_PANNED : channels).keys()];
  // `<` makes the gains of the existing channels add up to 1.
  if (channels === 1) return `pan=mono|c0<${places.map((place) => `c${place}`).join('+')},`;
  // More of them have no named layout, so nothing downstream can mix by it.
  if (channels > MOST_PANNED) return '';
  const mask = (1n << BigInt(channels)) - 1n;
  // A gain of exactly 1 makes pan delegate to a resampler that, in ffmpeg 5, mixes by the names after all.
  const gains = places.map((place) => `c${place}=0.9999999*c${place}`);
  return `pan=0x${mask.toString(16)}|${gains.join('|')},`;
}

/** Samples without a header have no clock but their index; some demuxers assign a wrong one. */
const COUNTED = 'asetpts=N/SR/TB,';

function mixGraph(tracks: readonly number[]): string {
  const branch = `${panFilter(1)}${timeline('', ':first_pts=0')}`;
  const branches = tracks.map((track, i) => `[${i}:${track}]${branch}[t${i}]`);
  const inputs = tracks.map((_, i) => `[t${i}]`).join('');
  return `${branches.join(';')};${inputs}amix=inputs=${tracks.length}:duration=longest[mix]`;
}

/** Adds the source as an input under every restriction; options that are global to ffmpeg may be repeated. */
function addInput(command: fluent.FfmpegCommand, input: FfmpegInput, logLevel: 'info' | 'warning'): void {
  command
    .input(input.name)
    .inputOptions([
      ...['-hide_banner', '-nostdin', '-loglevel', logLevel],
      ...['-max_alloc', String(MAX_ALLOCATION_BYTES)],
      ...['-protocol_whitelist', input.protocols],
      ...['-format_whitelist', input.demuxer ?? SELF_CONTAINED_DEMUXERS.join(',')],
      ...['-max_streams', String(MAX_STREAMS)],
      ...['-threads', '1'],
      ...(input.demuxer === null ? [] : ['-f', input.demuxer, ...input.options]),
    ]);
}

/** The argument list that fluent-ffmpeg would spawn. */
function built(command: fluent.FfmpegCommand): string[] {
  return command._getArguments().map(String);
}
