import { CaptureState } from './capture-states.ts';
import { ERROR_CODES } from './errors.ts';
import { JobState } from './job.ts';
import { ChannelLayout } from './recording.ts';
import { z } from './schema.ts';

/**
 * Entries of the diagnostic log. It is outside the vault, unencrypted, so no entry may hold personal data or speech:
 * there is no free text, every string is one of a list or has a pattern that allows no words. No names, no paths, no
 * text, no spoken language, and of an error neither message nor details.
 */

const whole = z.number().int();
const seconds = z.number().nonnegative();
const errorCode = z.enum(ERROR_CODES);

/** Numbers separated by dots; any suffix of a version is left out. */
const version = z.string().regex(/^\d{1,6}(\.\d{1,6}){0,3}$/);

/** A prefix of the SHA-256 of an id: correlates entries, and reveals nothing else. */
const tag = z.string().regex(/^[0-9a-f]{8}$/);

/** A position in this program's own code: file relative to the program's folder, line and column. */
export const SourcePosition = z
  .string()
  .regex(/^(src|renderer|native|out)\/[\w.-]{1,60}(\/[\w.-]{1,60}){0,6}:\d{1,7}:\d{1,7}$/);

/** A position in the speech engine's native code, as its assertions name it: file and line. */
const nativePosition = z
  .string()
  .regex(/^(ggml|whisper|silero)[a-z0-9-]{0,30}\.(c|cc|cpp|cu|h|hpp|m|metal):\d{1,6}$/);

/** The system's, Node's or SQLite's error code. */
export const SystemCode = z.string().regex(/^(E[A-Z0-9]{1,15}|(ERR|SQLITE)_[A-Z0-9_]{1,50})$/);

/** Error classes that are logged by name; any other is `other`. */
export const ERROR_CLASSES = [
  'Error',
  'AggregateError',
  'AppError',
  'AbortError',
  'CommanderError',
  'DOMException',
  'EvalError',
  'NativeFailure',
  'RangeError',
  'ReferenceError',
  'SqliteError',
  'SyntaxError',
  'TypeError',
  'URIError',
  'ZodError',
  'other',
] as const;

const thrown = z.object({
  class: z.enum(ERROR_CLASSES),
  /** The error code shown to the user, if it is an AppError. */
  told: errorCode.nullable(),
  system: SystemCode.nullable(),
  /** Where it was thrown: the innermost stack frames of this program's own code. */
  at: z.array(SourcePosition).max(8),
});

/** What is logged of an error and its cause. */
export const ErrorFacts = thrown.extend({ cause: thrown.nullable() });
export type ErrorFacts = z.infer<typeof ErrorFacts>;

/** A failure in a page's code, with line and column in the built script. */
export const PageFailure = z.object({
  kind: z.enum(['exception', 'rejection', 'drawing']),
  class: z.enum(ERROR_CLASSES),
  told: errorCode.nullable(),
  at: z.array(SourcePosition).max(8),
});
export type PageFailure = z.infer<typeof PageFailure>;

/** Signals by which a process ends; any other is `other`. */
export const SIGNALS = [
  'SIGABRT',
  'SIGBUS',
  'SIGFPE',
  'SIGHUP',
  'SIGILL',
  'SIGINT',
  'SIGKILL',
  'SIGPIPE',
  'SIGQUIT',
  'SIGSEGV',
  'SIGSYS',
  'SIGTERM',
  'SIGTRAP',
  'SIGXCPU',
  'SIGXFSZ',
  'other',
] as const;

const signal = z.enum(SIGNALS);

/** Fatal errors recognised in the output of a crashing process. */
export const FATAL_ERRORS = [
  'assertion',
  'nativeException',
  'noMemory',
  'heapFull',
  'illegalInstruction',
  'libraryMissing',
  'systemLibraryTooOld',
  'codeMissing',
  'scriptException',
] as const;

const goneReason = z.enum([
  'clean-exit',
  'abnormal-exit',
  'killed',
  'crashed',
  'oom',
  'launch-failed',
  'integrity-failure',
  'memory-eviction',
  'other',
]);

/** Commands of the command line. */
export const COMMANDS = ['transcribe', 'vault', 'recordings', 'queue', 'models', 'doctor', 'other'] as const;

/** A log event, without its time. */
export const Diagnostic = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('started'),
    program: z.enum(['window', 'command']),
    command: z.enum(COMMANDS).nullable(),
    version,
    platform: z.enum(['linux', 'darwin', 'win32', 'other']),
    architecture: z.enum(['x64', 'arm64', 'other']),
    node: version,
    electron: version.nullable(),
    processors: whole,
    memoryMb: whole,
  }),
  /** Orderly end of a run; without this entry it was killed, or crashed. */
  z.object({ event: z.literal('ended'), status: whole.nullable() }),

  /** An unexpected error; the program goes on, except a command. */
  z.object({
    event: z.literal('uncaught'),
    where: z.enum(['main', 'command']),
    kind: z.enum(['exception', 'rejection']),
    error: ErrorFacts,
  }),
  PageFailure.extend({ event: z.literal('pageFailed') }),
  z.object({ event: z.literal('pageGone'), reason: goneReason, exitCode: whole }),
  z.object({
    event: z.literal('helperGone'),
    helper: z.enum(['GPU', 'Utility', 'Zygote', 'Sandbox helper', 'Unknown']),
    reason: goneReason,
    exitCode: whole,
  }),
  /** A request of the window, or a command, was answered with an error. */
  z.object({
    event: z.literal('requestFailed'),
    request: z.string().regex(/^[a-z]{2,20}\.[a-zA-Z]{2,30}$/),
    error: ErrorFacts,
  }),
  z.object({ event: z.literal('commandFailed'), error: ErrorFacts }),

  z.object({
    event: z.literal('engineReady'),
    whisper: version,
    cpuVariant: z.string().regex(/^[a-z0-9_.]{1,20}$/),
    tookMs: whole,
  }),
  z.object({
    event: z.literal('engineEnded'),
    exitCode: whole.nullable(),
    signal: signal.nullable(),
    /** This program ended it: it was idle, not needed, or did not answer. */
    wasKilled: z.boolean(),
    ranSeconds: seconds,
    words: z.array(z.enum(FATAL_ERRORS)).max(FATAL_ERRORS.length),
    at: z.array(z.union([nativePosition, SourcePosition])).max(8),
  }),
  /** ffmpeg was ended by a signal that this program did not send. */
  z.object({ event: z.literal('decoderDied'), signal, ranSeconds: seconds }),
  /** This program, or a child, was stopped and continued: suspended, frozen, by a signal or a debugger. */
  z.object({ event: z.literal('wasHeld'), who: z.enum(['program', 'child']), heldSeconds: seconds }),
  z.object({ event: z.literal('power'), change: z.enum(['suspend', 'resume', 'shutdown']) }),
  z.object({ event: z.literal('databaseFailed'), error: ErrorFacts }),
  z.object({
    event: z.literal('threadFailed'),
    thread: z.enum(['database', 'export', 'spelling']),
    error: ErrorFacts,
  }),

  z.object({
    event: z.literal('importEnded'),
    recording: tag,
    durationSeconds: seconds,
    channels: whole,
    layout: ChannelLayout,
    incomplete: z.boolean(),
  }),
  /** A live recording ended; queues in frames of 20 ms, at their longest. */
  z.object({
    event: z.literal('captureEnded'),
    recording: tag,
    state: CaptureState,
    code: errorCode.nullable(),
    durationSeconds: seconds,
    lostFrames: whole,
    gapSeconds: seconds,
    skippedSeconds: seconds,
    recorderQueue: whole,
    liveQueue: whole,
  }),
  /** A file was not imported. */
  z.object({ event: z.literal('fileRefused'), code: errorCode }),
  z.object({ event: z.literal('importFailed'), recording: tag, code: errorCode }),
  z.object({
    event: z.literal('jobStarted'),
    job: tag,
    recording: tag,
    attempt: whole,
    resumed: z.boolean(),
  }),
  z.object({ event: z.literal('jobHindered'), job: tag, code: errorCode }),
  z.object({
    event: z.literal('jobEnded'),
    job: tag,
    recording: tag,
    state: JobState,
    code: errorCode.nullable(),
    willRetry: z.boolean(),
    audioSeconds: seconds.nullable(),
    tookSeconds: seconds.nullable(),
    windows: whole.nullable(),
    peakMemoryMb: whole.nullable(),
  }),

  /** Number of entries dropped, because there were more than a log can hold. */
  z.object({ event: z.literal('leftOut'), entries: whole }),
]);
export type Diagnostic = z.infer<typeof Diagnostic>;

/** A log entry: event, time (milliseconds since 1970), and process. */
export const LogEntry = z.object({
  atMs: whole.nonnegative(),
  process: whole.nonnegative(),
  what: Diagnostic,
});
export type LogEntry = z.infer<typeof LogEntry>;
