import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { fatalErrors } from '../diagnostics/fatal-errors.ts';
import { note } from '../diagnostics/note.ts';
import { loggedSignal } from '../diagnostics/plain-values.ts';

const KEPT_BYTES = 16 * 1024;
/** How long after the end the last output may arrive. */
const LAST_WORDS_MS = 500;

/** Follows an engine process to its end, and logs it with its last output, reduced to what contains no path. */
export class EngineEnd {
  readonly #startedAt = performance.now();
  readonly #stderr: Readable | null;
  #said = Buffer.alloc(0);
  #wasKilled = false;

  constructor(stderr: Readable | null) {
    this.#stderr = stderr;
    stderr?.on('data', (chunk: Buffer) => {
      this.#said = Buffer.concat([this.#said, chunk]).subarray(-KEPT_BYTES);
    });
    stderr?.on('error', () => undefined);
  }

  /** From here on, its end is caused by this program. */
  killed(): void {
    this.#wasKilled = true;
  }

  /** To be called once it has ended. */
  ended(exitCode: number | null, signal: NodeJS.Signals | null): void {
    const ranSeconds = Math.round((performance.now() - this.#startedAt) / 1000);
    const wasKilled = this.#wasKilled;
    const noteEnd = () => {
      clearTimeout(timer);
      note({
        event: 'engineEnded',
        exitCode,
        signal: loggedSignal(signal),
        wasKilled,
        ranSeconds,
        ...fatalErrors(this.#said.toString('utf8')),
      });
    };
    const timer = setTimeout(noteEnd, LAST_WORDS_MS);
    if (this.#stderr === null || this.#stderr.readableEnded || this.#stderr.destroyed) noteEnd();
    else this.#stderr.once('close', noteEnd);
  }
}

const DEADLY = ['SIGILL', 'SIGTRAP', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGKILL', 'SIGSEGV', 'SIGTERM'] as const;

/**
 * The signal in an exit code if both come as one number, as from Electron: waitpid's status is the signal in its low
 * seven bits, with the next bit for a core dump. Our engine itself ends with 0 or ENGINE_NOT_BUILT_EXIT alone.
 */
export function signalInExitCode(code: number): NodeJS.Signals | null {
  if (process.platform === 'win32' || code < 0 || code > 0xff) return null;
  return DEADLY.find((signal) => constants.signals[signal] === (code & 0x7f)) ?? null;
}
