import fluent from 'fluent-ffmpeg';
import { SAMPLE_RATE } from '../../contract/audio.ts';
import { SELF_CONTAINED_DEMUXERS } from './demuxers.ts';
import type { FfmpegInput } from './ffmpeg-input.ts';

/** What becomes of the sound: which tracks, into how many channels, and how much of it at most. */
export interface OutputChoice {
  /** Stream indices in the container; several are mixed into one. */
  readonly tracks: readonly number[];
  /** Interleaved channels of the output: 1 averages all of the tracks', any other number takes as many by their place. */
  readonly channels: number;
  /** Longest output, in milliseconds. */
  readonly durationMs: number;
  /** Whether the container tells when each packet is to be heard. */
  readonly clocked: boolean;
}

/** Most streams a source may have; court recorders write dozens. */
const MAX_STREAMS = 64;

/** Largest block of memory ffmpeg may ask for at once, in bytes. */
const MAX_ALLOCATION_BYTES = 512 * 1024 * 1024;

/** Arguments that make ffmpeg read the headers of `input`, print what it found and end. */
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
  // Each track gets an input of its own: amix loses the rest of the longer ones where they share one.
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

/** A resampler that averages channels where it is to mix them: of floats it would make more than that. */
const RESAMPLE = `aresample=${SAMPLE_RATE}:rematrix_maxval=1`;

/**
 * Resamples, and keeps to the container's clock: a gap becomes silence, so that a time in the output is the same moment
 * in any player. In two steps, for ffmpeg holds a gap in memory as a whole: at 16 kHz it may last an hour on two channels.
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
 * Where the clock jumps back, as where it starts anew, what follows is put behind what was: the resampler would drop it.
 * ld(0) is what is added to the clock, ld(1) when the sound so far ends. 0.1 s is the least that the resampler drops.
 */
const ONWARDS =
  'st(0,if(gt(N,0)*lt(PTS+ld(0),ld(1)-0.1/TB),ld(1)-PTS,ld(0)));st(1,PTS+ld(0)+NB_SAMPLES/SR/TB);';

/**
 * Writes to the log (level 24: warning) when the first sound is heard, in seconds from the first packet of any track. The
 * resampler could put silence in front by itself, but does so again wherever sample rate or channels change.
 */
const SAY_START = 'if(eq(N,0),print((PTS+ld(0))*TB,24));';

/** When the first sound is heard, in milliseconds, as a decoding with a clock writes it to its log; null before. */
export function startInLog(log: string): number | null {
  const seconds = /^(?:\[[^\]]*\] )?(-?\d+\.\d{6}|-?nan)\r?$/m.exec(log)?.[1];
  if (seconds === undefined) return null;
  return Math.max(0, Math.round(Number(seconds) * 1000) || 0);
}

/** A channel layout is a mask of 64 bits, of which ffmpeg 4 refuses the last two. */
const MOST_PANNED = 62;

/**
 * The filter, with a comma behind it, that takes channels by their place alone. `-ac` would mix by the names of the
 * loudspeakers: of four microphones in the layout `quad` the third would come out as the second. One channel is the average of all,
 * for ffmpeg's own leaves out LFE.
 */
function panFilter(channels: number): string {
  const places = [...Array(channels === 1 ? MOST_PANNED : channels).keys()];
  // `<` makes the gains of the channels that are there add up to 1.
  if (channels === 1) return `pan=mono|c0<${places.map((place) => `c${place}`).join('+')},`;
  // More of them have no named layout, so nothing downstream can mix by it.
  if (channels > MOST_PANNED) return '';
  const mask = (1n << BigInt(channels)) - 1n;
  // A gain of exactly 1 makes pan hand the work to a resampler that, in ffmpeg 5, mixes by the names after all.
  const gains = places.map((place) => `c${place}=0.9999999*c${place}`);
  return `pan=0x${mask.toString(16)}|${gains.join('|')},`;
}

/** Samples without a header have no clock but their number; some demuxers give them a wrong one. */
const COUNTED = 'asetpts=N/SR/TB,';

function mixGraph(tracks: readonly number[]): string {
  const branch = `${panFilter(1)}${timeline('', ':first_pts=0')}`;
  const branches = tracks.map((track, i) => `[${i}:${track}]${branch}[t${i}]`);
  const inputs = tracks.map((_, i) => `[t${i}]`).join('');
  return `${branches.join(';')};${inputs}amix=inputs=${tracks.length}:duration=longest[mix]`;
}

/** Adds the source as an input under every restriction; what of it is global to ffmpeg may stand there repeatedly. */
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
