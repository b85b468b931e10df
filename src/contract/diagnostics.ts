import { ERROR_CODES } from './errors.ts';
import { JobState } from './job.ts';
import { ChannelLayout } from './recording.ts';
import { z } from './schema.ts';

/**
 * The entries of the diagnostic log. It lies outside the vault, unencrypted, so nothing in an entry may tell about people
 * or what they said: there is no free text, every string is one of a list or has a shape that holds no words. No names,
 * no paths, no text, no language that is spoken, and of an error neither message nor details.
 */

const whole = z.number().int();
const seconds = z.number().nonnegative();
const errorCode = z.enum(ERROR_CODES);

/** Numbers with points between them; what follows them in a program's own version is left out. */
const version = z.string().regex(/^\d{1,6}(\.\d{1,6}){0,3}$/);

/** The beginning of the SHA-256 of an id: tells which entries belong together, and leads nowhere else. */
const tag = z.string().regex(/^[0-9a-f]{8}$/);

/** A place in this program's own code: file from the program's folder, line and column. */
export const SourcePosition = z
  .string()
  .regex(/^(src|renderer|native|out)\/[\w.-]{1,60}(\/[\w.-]{1,60}){0,6}:\d{1,7}:\d{1,7}$/);

/** A place in the speech engine's native code, as its assertions name it: file and line. */
const nativePosition = z
  .string()
  .regex(/^(ggml|whisper|silero)[a-z0-9-]{0,30}\.(c|cc|cpp|cu|h|hpp|m|metal):\d{1,6}$/);

/** A system's, Node's or SQLite's own code for what went wrong. */
export const SystemCode = z.string().regex(/^(E[A-Z0-9]{1,15}|(ERR|SQLITE)_[A-Z0-9_]{1,50})$/);

/** Classes of errors that are told apart; any other is `other`. */
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
  /** The error that the user was told, where it is one. */
  told: errorCode.nullable(),
  system: SystemCode.nullable(),
  /** Where it was thrown: the innermost places of this program's own code. */
  at: z.array(SourcePosition).max(8),
});

/** What is kept of an error, and of what caused it. */
export const ErrorFacts = thrown.extend({ cause: thrown.nullable() });
export type ErrorFacts = z.infer<typeof ErrorFacts>;

/** How a page's code failed; where it did is told by the number of the built script's line and column. */
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

/** What a dying process can be understood to have said. */
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

/** One thing that happened, without when. */
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
  /** It came to an end in order; without this entry a run was killed, or crashed. */
  z.object({ event: z.literal('ended'), status: whole.nullable() }),

  /** An error that nobody foresaw; the program goes on, but for a command. */
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
    /** This program ended it: because it idled, was not needed any more, or did not answer. */
    wasKilled: z.boolean(),
    ranSeconds: seconds,
    words: z.array(z.enum(FATAL_ERRORS)).max(FATAL_ERRORS.length),
    at: z.array(z.union([nativePosition, SourcePosition])).max(8),
  }),
  /** ffmpeg died of a signal that this program had not sent. */
  z.object({ event: z.literal('decoderDied'), signal, ranSeconds: seconds }),
  /** This program, or a child, was stopped and has gone on: suspended, frozen, held by a signal or a debugger. */
  z.object({ event: z.literal('wasHeld'), who: z.enum(['program', 'child']), heldSeconds: seconds }),
  z.object({ event: z.literal('power'), change: z.enum(['suspend', 'resume', 'shutdown']) }),
  z.object({ event: z.literal('databaseFailed'), error: ErrorFacts }),
  z.object({ event: z.literal('threadFailed'), thread: z.enum(['database', 'export']), error: ErrorFacts }),

  z.object({
    event: z.literal('importEnded'),
    recording: tag,
    durationSeconds: seconds,
    channels: whole,
    layout: ChannelLayout,
    incomplete: z.boolean(),
  }),
  /** A file was not taken in. */
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

  /** So many entries were left out, because more came than a log can hold. */
  z.object({ event: z.literal('leftOut'), entries: whole }),
]);
export type Diagnostic = z.infer<typeof Diagnostic>;

/** An entry of the log: what happened, when (milliseconds since 1970), and in which process. */
export const LogEntry = z.object({
  atMs: whole.nonnegative(),
  process: whole.nonnegative(),
  what: Diagnostic,
});
export type LogEntry = z.infer<typeof LogEntry>;
