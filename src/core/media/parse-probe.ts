import type { AudioTrack, MediaFacts } from '../../contract/recording.ts';
import { WITH_CLOCK_FROM_ZERO } from './demuxers.ts';

/**
 * Reads what `ffmpeg -i` prints about a file, in the forms of ffmpeg 4 to 8 (libavformat/dump.c). Null if it could
 * not open it. Streams for which ffmpeg found no decoder or no parameters are not in `tracks`.
 */
export function parseProbe(log: string): MediaFacts | null {
  const lines = log.split('\n');
  const container = firstMatch(lines, /^Input #0, (.+), from '/);
  if (container === null) return null;
  const streams = new Map<number, Stream>();
  let current: Stream | null = null;
  for (const line of lines) {
    const stream = parseStream(line);
    if (stream !== null) {
      if (!streams.has(stream.index)) streams.set(stream.index, stream);
      current = stream;
      continue;
    }
    const title = /^ {4,8}title {11}: (.*)$/.exec(line)?.[1];
    if (title !== undefined && current !== null) current.title ??= title.trim() || null;
  }
  const found = [...streams.values()];
  return {
    container,
    ...claimedTimes(lines, container),
    tracks: found.map(audioTrack).filter((track) => track !== null),
    hasVideo: found.some(({ kind, facts }) => kind === 'Video' && !facts.includes('(attached pic)')),
    assumed: null,
  };
}

/** Whether ffmpeg listed an audio stream at all, readable or not. */
export function mentionsAudio(log: string): boolean {
  return log.split('\n').some((line) => parseStream(line)?.kind === 'Audio');
}

/** Whether ffmpeg reports that it only guessed the length from the bit rate. */
export function durationIsGuessed(log: string): boolean {
  return log.includes('Estimating duration from bitrate');
}

/** Whether ffmpeg reports that it only guessed the container. */
export function containerIsGuessed(log: string): boolean {
  return log.includes('misdetection possible');
}

interface Stream {
  readonly index: number;
  readonly kind: string;
  readonly language: string | null;
  readonly facts: string;
  title: string | null;
}

// Up to six spaces: deeper lines are metadata, which a file's author may have written to look like this.
const STREAM = /^ {2,6}Stream #0:(\d+)(?:\[0x[0-9a-f]+\])?(?:\(([^)]*)\))?: ([A-Z][a-z]+): (.*)$/;

function parseStream(line: string): Stream | null {
  const match = STREAM.exec(line);
  if (match === null) return null;
  const [, index, language, kind = '', facts = ''] = match;
  const known = language !== undefined && /^[a-z]{2,3}$/i.test(language) && language !== 'und';
  return { index: Number(index), kind, language: known ? language.toLowerCase() : null, facts, title: null };
}

function audioTrack(stream: Stream): AudioTrack | null {
  if (stream.kind !== 'Audio') return null;
  const codec = /^[^\s,]+/.exec(stream.facts)?.[0] ?? 'none';
  const format = /, (\d+) Hz, ([^,]+)/.exec(stream.facts);
  const channels = channelCount(format?.[2]?.trim() ?? '');
  const sampleRate = Number(format?.[1] ?? 0);
  if (codec === 'none' || codec === 'unknown' || channels === 0 || sampleRate === 0) return null;
  const { index, language, title } = stream;
  return { index, codec, channels, sampleRate, language, title };
}

/** ffmpeg's names of layouts that do not contain their channel count (libavutil/channel_layout.c). */
const NAMED_LAYOUTS: Readonly<Record<string, number>> = {
  mono: 1,
  stereo: 2,
  downmix: 2,
  binaural: 2,
  quad: 4,
  hexagonal: 6,
  octagonal: 8,
  cube: 8,
  hexadecagonal: 16,
};

/** Channels of a layout as ffmpeg names it: `mono`, `5.1(side)`, `3 channels (FL+FR+LFE)`, `FL+FR`; 0 if it has none. */
export function channelCount(layout: string): number {
  const counted = /^(\d+) channels/.exec(layout)?.[1];
  if (counted !== undefined) return Number(counted);
  const points = /^(\d+(?:\.\d+)+)/.exec(layout)?.[1];
  if (points !== undefined) return points.split('.').reduce((sum, part) => sum + Number(part), 0);
  const [, order, beside] = /^ambisonic (\d+)(?:\+(.+))?/.exec(layout) ?? [];
  if (order !== undefined) return (Number(order) + 1) ** 2 + channelCount(beside ?? '');
  const name = layout.replace(/\(.*$/, '').trim();
  return NAMED_LAYOUTS[name] ?? (name === '' ? 0 : name.split('+').length);
}

/** Less than this is an encoder's priming delay. */
const LEAST_START_MS = 100;

/**
 * A clock that begins later is no offset in a meeting: it is the time of day, or the time since a broadcast began. Nor
 * is there room for silence before a recording that is longer than this.
 */
const LAST_START_MS = 12 * 3_600_000;

/** The length from the recording's 0:00 on, and the silence that belongs before the first packet. */
function claimedTimes(
  lines: readonly string[],
  container: string,
): Pick<MediaFacts, 'claimedDurationMs' | 'startMs'> {
  const line = lines.find((candidate) => candidate.startsWith('  Duration: ')) ?? '';
  const claimedDurationMs = claimedDuration(line);
  const startMs = Math.round(Number(/, start: (\d+\.\d+)/.exec(line)?.[1] ?? 0) * 1000);
  if (startMs < LEAST_START_MS) return { claimedDurationMs };
  const soundMs = (claimedDurationMs ?? 0) - startMs;
  const counts = WITH_CLOCK_FROM_ZERO.includes(container) && Math.max(startMs, soundMs) <= LAST_START_MS;
  if (counts) return { claimedDurationMs, startMs };
  // Most containers count the length from the clock's 0, some from the first packet.
  const before = claimedDurationMs !== null && claimedDurationMs > startMs ? startMs : 0;
  return { claimedDurationMs: claimedDurationMs === null ? null : claimedDurationMs - before };
}

function claimedDuration(line: string): number | null {
  const match = /^ {2}Duration: (\d+):(\d\d):(\d\d)\.(\d\d)/.exec(line);
  if (match === null) return null;
  const [hours = 0, minutes = 0, seconds = 0, hundredths = 0] = match.slice(1).map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + hundredths * 10;
}

function firstMatch(lines: readonly string[], pattern: RegExp): string | null {
  for (const line of lines) {
    const found = pattern.exec(line)?.[1];
    if (found !== undefined) return found;
  }
  return null;
}
