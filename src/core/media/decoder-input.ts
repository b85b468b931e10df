import type { AssumedReading } from '../../contract/recording.ts';
import type { RawInput } from './ffmpeg-arguments.ts';
import { inputName } from './ffmpeg-child.ts';
import { lostSamples } from './lost-samples.ts';
import { RAW_READINGS } from './raw-codings.ts';
import type { Source } from './source.ts';

/** What ffmpeg is given to read of a source. */
export interface DecoderInput {
  /** The name under which ffmpeg opens it. */
  readonly name: string;
  /** Null where the file says by itself what it is. */
  readonly raw: RawInput | null;
  /** What goes to ffmpeg's standard input; null where it reads the file. */
  readonly feed: AsyncIterable<Uint8Array> | null;
}

/** How ffmpeg reads a source, by itself or as it is assumed to be coded. Error: `file.readFailed`. */
export async function decoderInput(source: Source, assumed: AssumedReading | null): Promise<DecoderInput> {
  const file = { name: inputName(source), raw: null, feed: null };
  if (assumed === null) return file;
  const { demuxer, options, fixedRate, head = '' } = RAW_READINGS[assumed.coding];
  const rate = fixedRate ? [] : ['-ar', String(assumed.sampleRate), '-ac', String(assumed.channels)];
  const feed =
    assumed.because === 'lostIndex'
      ? await lostSamples(source, assumed)
      : head === ''
        ? null
        : wholeFile(source);
  const raw = { demuxer, options: [...rate, ...options], piped: feed !== null };
  return feed === null ? { ...file, raw } : { name: 'pipe:0', raw, feed: headed(head, feed) };
}

async function* headed(head: string, feed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (head !== '') yield Buffer.from(head, 'latin1');
  yield* feed;
}

const BLOCK_BYTES = 256 * 1024;

async function* wholeFile(source: Source): AsyncGenerator<Uint8Array> {
  for (let position = 0; ; ) {
    const block = Buffer.alloc(BLOCK_BYTES);
    const count = await source.read(block, position);
    if (count === 0) return;
    position += count;
    yield block.subarray(0, count);
  }
}
