import fluent from 'fluent-ffmpeg';
import { SAMPLE_RATE } from '../../contract/audio.ts';
import { SELF_CONTAINED_DEMUXERS } from './demuxers.ts';

/** What becomes of the sound: which tracks, into how many channels, and how much of it at most. */
export interface OutputChoice {
  /** Stream indices in the container; several are mixed into one. */
  readonly tracks: readonly number[];
  /** Interleaved channels of the output: 1 averages all of the tracks', any other number takes as many by their place. */
  readonly channels: number;
  /** Longest output, in milliseconds. */
  readonly durationMs: number;
}

/** Samples without a header, as ffmpeg is told to read them. */
export interface RawInput {
  readonly demuxer: string;
  /** Options of the demuxer and the decoder. */
  readonly options: readonly string[];
  /** They come through a pipe, not out of the file. */
  readonly piped: boolean;
}

/** Most streams a source may have; court recorders write dozens. */
const MAX_STREAMS = 64;

/** Largest block of memory ffmpeg may ask for at once, in bytes. */
const MAX_ALLOCATION_BYTES = 512 * 1024 * 1024;

/** Arguments that make ffmpeg read the headers of `input`, print what it found and end. */
export function probeArguments(input: string, raw: RawInput | null = null): string[] {
  const command = fluent();
  addInput(command, input, 'info', raw);
  return built(command);
}

/** Arguments that make ffmpeg decode `input` to interleaved 32-bit float PCM at 16 kHz on its standard output. */
export function decodeArguments(input: string, choice: OutputChoice, raw: RawInput | null = null): string[] {
  const [only, ...others] = choice.tracks;
  if (only === undefined) throw new Error('no track to decode');
  const command = fluent();
  // Each track gets an input of its own: amix loses the rest of the longer ones where they share one.
  for (const _ of choice.tracks) addInput(command, input, 'warning', raw);
  if (others.length > 0) command.complexFilter(mixGraph(choice.tracks), 'mix');
  else {
    const clock = raw === null ? '' : COUNTED;
    command
      .outputOptions(['-map', `0:${only}`])
      .audioFilters(`${clock}${panFilter(choice.channels)}${TIMELINE}`);
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
 * Resamples, and keeps to the container's clock: a late start and gaps become silence, so that a time in the output is
 * the same moment in any player. In two steps, for ffmpeg holds a gap in memory as a whole: at 16 kHz it may last an
 * hour on two channels.
 */
const TIMELINE = [RESAMPLE, 'aformat=sample_fmts=flt', `${RESAMPLE}:async=1:first_pts=0`].join(',');

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
  const branches = tracks.map((track, i) => `[${i}:${track}]${panFilter(1)}${TIMELINE}[t${i}]`);
  const inputs = tracks.map((_, i) => `[t${i}]`).join('');
  return `${branches.join(';')};${inputs}amix=inputs=${tracks.length}:duration=longest[mix]`;
}

/** Adds the source as an input under every restriction; what of it is global to ffmpeg may stand there repeatedly. */
function addInput(
  command: fluent.FfmpegCommand,
  input: string,
  logLevel: 'info' | 'warning',
  raw: RawInput | null,
): void {
  command
    .input(input)
    .inputOptions([
      ...['-hide_banner', '-nostdin', '-loglevel', logLevel],
      ...['-max_alloc', String(MAX_ALLOCATION_BYTES)],
      ...['-protocol_whitelist', raw?.piped ? 'pipe' : 'file'],
      ...['-format_whitelist', raw?.demuxer ?? SELF_CONTAINED_DEMUXERS.join(',')],
      ...['-max_streams', String(MAX_STREAMS)],
      ...['-threads', '1'],
      ...(raw === null ? [] : ['-f', raw.demuxer, ...raw.options]),
    ]);
}

/** The argument list that fluent-ffmpeg would spawn. */
function built(command: fluent.FfmpegCommand): string[] {
  return command._getArguments().map(String);
}
