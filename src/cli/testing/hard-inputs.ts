import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileOutcome } from '../../app/jobs/file-outcomes.ts';
import type { ErrorCode } from '../../contract/errors.ts';

/** An input that programs of this kind fail on, and the required result. */
export interface HardInput {
  /** Path below the folder. */
  readonly name: string;
  readonly make: (folder: HardInputFolder, name: string) => void;
  readonly state: FileOutcome['state'];
  /** How much of it is read, in seconds; null for nothing. */
  readonly seconds: number | null;
  readonly failure: ErrorCode | null;
}

/** Length of the recording that everything is made of, in seconds. */
export const PIECE_SECONDS = 6;

/** Makes a folder of files out of one short recording. */
export class HardInputFolder {
  readonly path: string;
  readonly #ffmpeg: string;
  readonly #speech: string;

  /** `speech` is a WAV file of `PIECE_SECONDS` in one channel. */
  constructor(path: string, ffmpeg: string, speech: string) {
    this.path = path;
    this.#ffmpeg = ffmpeg;
    this.#speech = speech;
  }

  /** The recording as ffmpeg writes it with these options, in a file whose extension sets the container. */
  encode(name: string, ...options: string[]): Buffer {
    const path = this.#pathOf(name);
    execFileSync(this.#ffmpeg, ['-nostdin', '-v', 'error', '-y', '-i', this.#speech, ...options, path]);
    return readFileSync(path);
  }

  write(name: string, ...pieces: Uint8Array[]): void {
    writeFileSync(this.#pathOf(name), Buffer.concat(pieces));
  }

  /** A symbolic link. */
  link(name: string, target: string): void {
    symlinkSync(target, this.#pathOf(name));
  }

  /** A hard link to the same file. */
  hardLink(name: string, target: string): void {
    linkSync(join(this.path, target), this.#pathOf(name));
  }

  /** A folder that only root can read. */
  closed(name: string): void {
    mkdirSync(this.#pathOf(name));
    chmodSync(this.#pathOf(name), 0o000);
  }

  #pathOf(name: string): string {
    const path = join(this.path, name);
    mkdirSync(dirname(path), { recursive: true });
    return path;
  }
}

/** An input that is read whole. */
function whole(name: string, make: HardInput['make'], seconds = PIECE_SECONDS): HardInput {
  return { name, make, state: 'done', seconds, failure: null };
}

/** The recording as encoded by ffmpeg with these options, read whole. */
function encoded(name: string, ...options: string[]): HardInput {
  return whole(name, (folder) => folder.encode(name, ...options));
}

/** This many copies of one encoding, concatenated as by `cat`. */
function joined(name: string, pieces: number, ...options: string[]): HardInput {
  return whole(
    name,
    (folder) => folder.write(name, ...Array<Buffer>(pieces).fill(folder.encode(name, ...options))),
    pieces * PIECE_SECONDS,
  );
}

function refused(name: string, failure: ErrorCode, make: HardInput['make']): HardInput {
  return { name, make, state: 'failed', seconds: null, failure };
}

/** A WAV file whose sizes say half a second, with tags after its audio. */
function wrongSizes(folder: HardInputFolder, name: string): void {
  const bytes = folder.encode(name, '-bitexact');
  const data = bytes.indexOf('data', 12, 'latin1');
  bytes.writeUInt32LE(8000, data + 4);
  bytes.writeUInt32LE(data + 8000, 4);
  folder.write(name, bytes, Buffer.from('LIST\x04\0\0\0INFO', 'latin1'));
}

/** An M4A whose recorder lost power: all of its audio, and no index. */
function withoutIndex(folder: HardInputFolder, name: string): void {
  const bytes = folder.encode(name, '-ar', '44100');
  folder.write(name, bytes.subarray(0, bytes.lastIndexOf('moov', undefined, 'latin1') - 4));
}

/** One of every kind; those made of another come after it. */
export const HARD_INPUTS: readonly HardInput[] = [
  whole('sizes/wrapped.wav', wrongSizes),
  joined('joined/browser.webm', 2, '-c:a', 'libopus'),
  joined('joined/two.flac', 2),
  joined('joined/two.wav', 2),
  joined('joined/two.m4a', 2),
  // Without the Xing header, the padding of every piece counts as audio: 31 s.
  { ...joined('joined/five.mp3', 5, '-write_xing', '0'), seconds: 31 },
  joined('joined/chained.ogg', 2, '-c:a', 'libvorbis'),
  whole('late/participant.m4a', (folder, name) => folder.encode(name, '-output_ts_offset', '30'), 36),
  whole('late/participant.mkv', (folder, name) => folder.encode(name, '-output_ts_offset', '30'), 36),
  encoded('day1/REC0001.wav'),
  encoded('day2/REC0001.wav', '-af', 'volume=0.5'),
  encoded('names/a.mp3'),
  encoded('names/a.wav', '-af', 'volume=0.6'),
  encoded('layouts/quad.wav', '-af', 'pan=quad|c2=c0'),
  encoded('endings/broadcast.ts', '-c:a', 'aac'),
  encoded('endings/page.weba', '-c:a', 'libopus', '-f', 'webm'),
  encoded('telephone/line.ulaw', '-ar', '8000', '-f', 'mulaw'),
  encoded('telephone/line.sln', '-ar', '8000', '-f', 's16le'),
  encoded(`long/${'n'.repeat(250)}.wav`),
  { name: 'phone/cut.m4a', make: withoutIndex, state: 'partly', seconds: PIECE_SECONDS, failure: null },
  {
    name: 'names/again.wav',
    make: (folder, name) => folder.link(name, 'a.wav'),
    state: 'same',
    seconds: null,
    failure: null,
  },
  {
    name: 'other/b.wav',
    make: (folder, name) => folder.hardLink(name, 'names/a.wav'),
    state: 'same',
    seconds: null,
    failure: null,
  },
  refused('names/gone.wav', 'file.brokenLink', (folder, name) => folder.link(name, 'nowhere.wav')),
  refused('closed', 'folder.noPermission', (folder, name) => folder.closed(name)),
  refused('letter.mp3', 'media.text', (folder, name) => folder.write(name, Buffer.from('Dear Madam,\n'))),
  refused('empty.wav', 'media.empty', (folder, name) => folder.write(name)),
];
