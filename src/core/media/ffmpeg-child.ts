import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setPriority } from 'node:os';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError, isAppError } from '../../contract/errors.ts';
import { note } from '../diagnostics/note.ts';
import { loggedSignal } from '../diagnostics/plain-values.ts';
import { childEnvironment } from './child-environment.ts';
import type { Ffmpeg } from './find-ffmpeg.ts';
import type { Source } from './source.ts';

/** How an ffmpeg child ended: by its own exit code, or by a signal. */
export interface FfmpegExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Signals by which a program dies of its input, rather than being ended by a user or the system. */
const FAULTS: readonly (NodeJS.Signals | null)[] = [
  'SIGSEGV',
  'SIGABRT',
  'SIGBUS',
  'SIGFPE',
  'SIGILL',
  'SIGXFSZ',
];

/** Whether it was killed from outside, so that a retry may succeed. */
export function wasKilled(exit: FfmpegExit): boolean {
  return exit.signal !== null && !FAULTS.includes(exit.signal);
}

/** A running ffmpeg in a process group of its own, with the source as its only open file. */
export interface FfmpegChild {
  readonly pid: number;
  readonly stdout: Readable;
  /** The beginning and the end of what it wrote to stderr; the middle of a long log is dropped. */
  log(): string;
  /** Kills the whole group. Harmless once it has ended. */
  kill(): void;
  /** Settles when the process has ended and its output is closed. Error: `ffmpeg.missing` if it could not be started. */
  readonly ended: Promise<FfmpegExit>;
  /** Settles when its standard input is fully written. Error: that of reading the source, e.g. `file.readFailed`. */
  readonly fed: Promise<void>;
}

/** The name under which ffmpeg opens the source: on Linux the inherited descriptor, elsewhere the path. */
export function inputName(source: Source): string {
  return process.platform === 'linux' ? `/proc/self/fd/${INHERITED}` : source.path;
}

const INHERITED = 3;
const ADDRESS_SPACE_BYTES = 4 * 1024 ** 3;
const NICENESS = 5;
/** As low as a quiet engine's (`engine-priority.ts`), or lower: decoding must not overtake what it decodes for. */
const QUIET_NICENESS = 12;
const PRLIMIT = '/usr/bin/prlimit';

/** Starts ffmpeg on a source with the given arguments, locked down; `feed` is written to its standard input. */
export function startFfmpeg(
  ffmpeg: Ffmpeg,
  source: Pick<Source, 'descriptor'>,
  args: readonly string[],
  feed: AsyncIterable<Uint8Array> | null = null,
): FfmpegChild {
  const grouped = process.platform !== 'win32';
  const options: SpawnOptions = {
    env: childEnvironment(),
    cwd: '/',
    detached: grouped,
    windowsHide: true,
    stdio: [feed === null ? 'ignore' : 'pipe', 'pipe', 'pipe', source.descriptor ?? 'ignore'],
  };
  const [program = ffmpeg.path, ...rest] = [...limiter(), ffmpeg.path, ...args];
  const startedAt = performance.now();
  let wasEnded = false;
  const child = spawn(program, rest, options);
  lowerPriority(child, ffmpeg.isQuiet?.() === true ? QUIET_NICENESS : NICENESS);
  const log = new BoundedLog();
  const { stdin, stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('the child has no pipes');
  stderr.on('data', (chunk: Buffer) => log.add(chunk));
  const ended = new Promise<FfmpegExit>((resolve, reject) => {
    child.once('error', (cause) => reject(new AppError('ffmpeg.missing', {}, { cause })));
    child.once('close', (code, signal) => {
      noteDeath(wasEnded ? null : signal, startedAt);
      resolve({ code, signal });
    });
  });
  // The caller awaits this; until then a failed start is no unhandled rejection.
  ended.catch(() => undefined);
  const fed = feed === null || stdin === null ? Promise.resolve() : pipeline(Readable.from(feed), stdin);
  const read = fed.catch((error: unknown) => {
    // A child that ends before it has read everything reports why itself.
    if (isAppError(error)) throw error;
  });
  read.catch(() => undefined);
  return {
    pid: child.pid ?? 0,
    stdout,
    log: () => log.text(),
    kill: () => {
      wasEnded = true;
      killGroup(child, grouped);
    },
    ended,
    fed: read,
  };
}

function noteDeath(killedBy: NodeJS.Signals | null, startedAt: number): void {
  const signal = loggedSignal(killedBy);
  if (signal === null) return;
  note({ event: 'decoderDied', signal, ranSeconds: Math.round((performance.now() - startedAt) / 1000) });
}

let knownLimiter: readonly string[] | null = null;

/**
 * Program and options that limit the command after them. Empty if util-linux is not installed, or if stricter
 * limits apply already, which it may not change.
 */
function limiter(): readonly string[] {
  if (knownLimiter === null) {
    const wanted = [PRLIMIT, `--as=${ADDRESS_SPACE_BYTES}`, '--fsize=0', '--core=0', '--'];
    const works = process.platform === 'linux' && existsSync(PRLIMIT) && limits(wanted);
    knownLimiter = works ? wanted : [];
  }
  return knownLimiter;
}

function limits([program = '', ...options]: readonly string[]): boolean {
  const trial = spawnSync(program, [...options, program, '--version'], {
    env: {},
    cwd: '/',
    stdio: 'ignore',
  });
  return trial.status === 0;
}

function lowerPriority(child: ChildProcess, niceness: number): void {
  if (child.pid === undefined) return;
  try {
    setPriority(child.pid, niceness);
  } catch {
    // Optional; a child that has already ended does not need it.
  }
}

function killGroup(child: ChildProcess, grouped: boolean): void {
  // Once it has been reaped, its pid may be reused.
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  if (!grouped) {
    child.kill('SIGKILL');
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** Keeps the first and the last bytes of a stream of any length. */
class BoundedLog {
  static readonly #KEPT_BYTES = 32 * 1024;
  #head = Buffer.alloc(0);
  #tail = Buffer.alloc(0);

  add(chunk: Buffer): void {
    const room = BoundedLog.#KEPT_BYTES - this.#head.length;
    if (room > 0) this.#head = Buffer.concat([this.#head, chunk.subarray(0, room)]);
    const rest = chunk.subarray(Math.max(0, room));
    if (rest.length > 0) this.#tail = Buffer.concat([this.#tail, rest]).subarray(-BoundedLog.#KEPT_BYTES);
  }

  text(): string {
    return Buffer.concat([this.#head, this.#tail]).toString('utf8');
  }
}
