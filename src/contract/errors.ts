import { z } from './schema.ts';

const file = z.string();
const bytes = z.number().nonnegative();

/**
 * Every error shown to users, with the details that its message needs.
 * `retry` is what the queue does when a job fails with it:
 * - `never`: a retry changes nothing; the job fails at once with this reason.
 * - `later`: may resolve itself; the job waits and is retried.
 * - `space`: the disk is full; the job resumes as soon as there is space.
 * Details may hold file names, for the screen. They are never logged.
 */
const catalogue = {
  'file.notFound': { retry: 'never', details: z.object({ file }) },
  'file.noPermission': { retry: 'never', details: z.object({ file }) },
  'file.pipe': { retry: 'never', details: z.object({ file }) },
  'file.notRegular': { retry: 'never', details: z.object({ file }) },
  'file.brokenLink': { retry: 'never', details: z.object({ file }) },
  'file.pathTooLong': { retry: 'never', details: z.object({ file }) },
  'file.nameUnusable': { retry: 'never', details: z.object({ file }) },
  'file.notOnDisk': { retry: 'never', details: z.object({ file }) },
  'file.changed': { retry: 'never', details: z.object({ file }) },
  'file.readFailed': { retry: 'later', details: z.object({ file }) },
  'folder.empty': { retry: 'never', details: z.object({ folder: file }) },
  'folder.noPermission': { retry: 'never', details: z.object({ folder: file }) },
  'folder.gone': { retry: 'never', details: z.object({ folder: file }) },
  'folder.unreadable': { retry: 'never', details: z.object({ folder: file }) },
  'folder.notWritable': { retry: 'never', details: z.object({ folder: file }) },
  'folder.dataNotWritable': { retry: 'never', details: z.object({ folder: file }) },

  'media.empty': { retry: 'never', details: z.object({ file }) },
  'media.unreadable': { retry: 'never', details: z.object({ file }) },
  'media.indexLost': { retry: 'never', details: z.object({ file }) },
  'media.noDecoder': { retry: 'never', details: z.object({ file, coding: z.string() }) },
  'media.damaged': { retry: 'never', details: z.object({ file, readableMs: z.number() }) },
  'media.noAudio': { retry: 'never', details: z.object({ file }) },
  'media.text': { retry: 'never', details: z.object({ file }) },
  'media.playlist': { retry: 'never', details: z.object({ file }) },
  'media.ds2': { retry: 'never', details: z.object({ file }) },
  'media.severalTracks': { retry: 'never', details: z.object({ file, tracks: z.array(z.string()) }) },
  'media.noSuchTrack': {
    retry: 'never',
    details: z.object({ file, track: z.number(), tracks: z.array(z.string()) }),
  },
  'media.tooLong': { retry: 'never', details: z.object({ file, limitHours: z.number() }) },
  'media.stalled': { retry: 'later', details: z.object({ file }) },

  'ffmpeg.missing': { retry: 'never', details: z.object({}) },
  'ffmpeg.crashed': { retry: 'later', details: z.object({}) },

  'disk.full': {
    retry: 'space',
    details: z.object({ neededBytes: bytes.nullable(), freeBytes: bytes.nullable() }),
  },
  'disk.failed': { retry: 'later', details: z.object({}) },

  'engine.notBuilt': { retry: 'never', details: z.object({}) },
  'engine.crashed': { retry: 'later', details: z.object({}) },
  'engine.stalled': { retry: 'later', details: z.object({}) },
  'engine.outOfMemory': { retry: 'later', details: z.object({ model: z.string() }) },
  'engine.failed': { retry: 'later', details: z.object({}) },
  'engine.detectorUnusable': { retry: 'never', details: z.object({ file }) },
  'engine.voicesUnusable': { retry: 'never', details: z.object({ file }) },

  'model.notFound': { retry: 'never', details: z.object({ model: z.string(), known: z.array(z.string()) }) },
  'model.notAModel': { retry: 'never', details: z.object({ file }) },
  'model.otherFormat': { retry: 'never', details: z.object({ file, format: z.string() }) },
  'model.voiceActivity': { retry: 'never', details: z.object({ file }) },
  'model.vocabularyTooLarge': { retry: 'never', details: z.object({ file, tokens: z.number() }) },
  'model.cutShort': { retry: 'never', details: z.object({ file }) },
  'model.trailingBytes': { retry: 'never', details: z.object({ file, extraBytes: bytes }) },
  'model.damaged': { retry: 'never', details: z.object({ file }) },
  'model.unsupported': { retry: 'never', details: z.object({ model: z.string() }) },
  'model.hashMismatch': { retry: 'never', details: z.object({ file, model: z.string() }) },
  'model.inUse': { retry: 'never', details: z.object({ model: z.string() }) },
  'model.bundled': { retry: 'never', details: z.object({ model: z.string() }) },
  'model.trialWhileRecording': { retry: 'never', details: z.object({}) },
  'model.trialUnderWay': { retry: 'never', details: z.object({}) },
  'model.trialSilent': { retry: 'never', details: z.object({ name: z.string() }) },
  'model.cannotTranslate': { retry: 'never', details: z.object({ model: z.string() }) },
  'model.englishOnly': { retry: 'never', details: z.object({ model: z.string(), language: z.string() }) },
  'language.unknown': { retry: 'never', details: z.object({ language: z.string() }) },

  'vault.notFound': { retry: 'never', details: z.object({ folder: file }) },
  'vault.notAVault': { retry: 'never', details: z.object({ folder: file }) },
  'vault.exists': { retry: 'never', details: z.object({ folder: file }) },
  'vault.notEmpty': { retry: 'never', details: z.object({ folder: file }) },
  'vault.inUse': { retry: 'never', details: z.object({ holder: z.string() }) },
  'vault.wrongPassphrase': { retry: 'never', details: z.object({}) },
  'vault.waitBeforeTrying': { retry: 'never', details: z.object({ waitMs: z.number() }) },
  'vault.wrongRecoveryKey': { retry: 'never', details: z.object({}) },
  'vault.recoveryKeyMistyped': { retry: 'never', details: z.object({ group: z.number().int().positive() }) },
  'vault.recoveryKeyIncomplete': {
    retry: 'never',
    details: z.object({ groups: z.number(), expected: z.number() }),
  },
  'vault.passphraseTooShort': { retry: 'never', details: z.object({ minimum: z.number() }) },
  'vault.passphrasesDiffer': { retry: 'never', details: z.object({}) },
  'vault.credentialNeeded': { retry: 'never', details: z.object({}) },
  'vault.keyBesideVault': { retry: 'never', details: z.object({ folder: file }) },
  'vault.backupInside': { retry: 'never', details: z.object({ folder: file }) },
  'vault.moveInside': { retry: 'never', details: z.object({ folder: file }) },
  'vault.missing': { retry: 'never', details: z.object({ folder: file }) },
  'vault.syncedFolder': { retry: 'never', details: z.object({ folder: file, service: z.string() }) },
  'vault.damaged': { retry: 'never', details: z.object({}) },
  'handOver.exists': { retry: 'never', details: z.object({ file }) },
  'handOver.notOne': { retry: 'never', details: z.object({ file }) },
  'handOver.newer': { retry: 'never', details: z.object({ file }) },
  'handOver.notOpened': { retry: 'never', details: z.object({ file }) },
  'handOver.damaged': { retry: 'never', details: z.object({ file }) },
  'handOver.alreadyReceived': { retry: 'never', details: z.object({ matter: z.string() }) },
  'handOver.unfinished': { retry: 'never', details: z.object({ recording: z.string() }) },

  'vault.newer': { retry: 'never', details: z.object({}) },
  'vault.sealed': { retry: 'never', details: z.object({}) },

  'object.damaged': { retry: 'never', details: z.object({}) },
  'object.missing': { retry: 'never', details: z.object({}) },

  'recording.notFound': { retry: 'never', details: z.object({ id: z.string() }) },
  'recording.ambiguous': { retry: 'never', details: z.object({ id: z.string() }) },
  'recording.notTranscribed': { retry: 'never', details: z.object({ name: z.string() }) },
  'recording.noOriginal': { retry: 'never', details: z.object({ name: z.string() }) },
  'recording.busy': { retry: 'never', details: z.object({ name: z.string() }) },
  'recording.corrected': { retry: 'never', details: z.object({ name: z.string() }) },
  'spelling.failed': { retry: 'never', details: z.object({}) },
  'spelling.fullOfWords': { retry: 'never', details: z.object({ limit: z.number() }) },
  'speakers.notHeard': { retry: 'never', details: z.object({}) },
  'voice.noVoice': { retry: 'never', details: z.object({ language: z.string() }) },
  'voice.failed': { retry: 'never', details: z.object({}) },
  'voice.noMatter': { retry: 'never', details: z.object({}) },
  'voice.tooShort': { retry: 'never', details: z.object({}) },
  'capture.unavailable': { retry: 'never', details: z.object({}) },
  'capture.denied': { retry: 'never', details: z.object({}) },
  'capture.noDevice': { retry: 'never', details: z.object({}) },
  'capture.deviceFailed': { retry: 'never', details: z.object({}) },
  'capture.notRunning': { retry: 'never', details: z.object({}) },
  'capture.nothingArrived': { retry: 'never', details: z.object({}) },
  'capture.noSound': { retry: 'never', details: z.object({ file }) },
  'capture.notWave': { retry: 'never', details: z.object({ file }) },
  'capture.soundUnsupported': { retry: 'never', details: z.object({ file, format: z.string() }) },
  'capture.onlySilence': { retry: 'never', details: z.object({}) },
  'watch.insideVault': { retry: 'never', details: z.object({ folder: file }) },
  'watch.already': { retry: 'never', details: z.object({ folder: file }) },
  'corrections.unreadable': { retry: 'never', details: z.object({ line: z.number().int() }) },
  'corrections.tooMany': { retry: 'never', details: z.object({ limit: z.number().int() }) },
  'matter.notFound': { retry: 'never', details: z.object({}) },
  'matter.held': { retry: 'never', details: z.object({ matter: z.string() }) },
  'retention.clockDoubted': {
    retry: 'never',
    /** Days of the calendar in UTC, as 2027-05-31: today's by the computer, and the latest one in the audit log before the clock jumped. */
    details: z.object({ today: z.string(), latest: z.string() }),
  },
  'certificate.notFound': { retry: 'never', details: z.object({}) },
  'citation.noTemplate': { retry: 'never', details: z.object({}) },
  'citation.nothing': { retry: 'never', details: z.object({}) },
  'citation.noLine': { retry: 'never', details: z.object({ place: z.string() }) },
  'template.notFound': { retry: 'never', details: z.object({}) },
  'template.notWord': { retry: 'never', details: z.object({ file }) },
  'template.macros': { retry: 'never', details: z.object({ file }) },
  'template.loadsFromElsewhere': { retry: 'never', details: z.object({ file }) },
  'template.tooLarge': { retry: 'never', details: z.object({ file, mostBytes: bytes }) },
  'job.notFound': { retry: 'never', details: z.object({ id: z.string() }) },
  'job.ambiguous': { retry: 'never', details: z.object({ id: z.string() }) },
  'job.wrongState': { retry: 'never', details: z.object({ state: z.string(), action: z.string() }) },
  'job.interrupted': { retry: 'never', details: z.object({}) },

  'transcript.changed': { retry: 'never', details: z.object({}) },
  'transcript.unfinished': { retry: 'never', details: z.object({ name: z.string() }) },
  'version.notFound': { retry: 'never', details: z.object({}) },

  'text.unreadable': { retry: 'never', details: z.object({ name: z.string() }) },
  'text.empty': { retry: 'never', details: z.object({ name: z.string() }) },
  'text.tooLarge': { retry: 'never', details: z.object({ name: z.string() }) },

  'export.failed': { retry: 'later', details: z.object({}) },
  'export.notReplaced': { retry: 'later', details: z.object({ file }) },
  'export.unknownFormat': {
    retry: 'never',
    details: z.object({ format: z.string(), known: z.array(z.string()) }),
  },
  'export.needsWindow': { retry: 'never', details: z.object({}) },

  'usage.notConfirmed': { retry: 'never', details: z.object({}) },
  'usage.interrupted': { retry: 'never', details: z.object({}) },
  'usage.invalid': { retry: 'never', details: z.object({ problem: z.string() }) },
  'internal.unexpected': { retry: 'later', details: z.object({}) },
} as const satisfies Record<string, { retry: 'never' | 'later' | 'space'; details: z.ZodType }>;

/** The code of an error shown to users. */
export type ErrorCode = keyof typeof catalogue;

/** The details of an error code. */
export type ErrorDetails<C extends ErrorCode> = z.infer<(typeof catalogue)[C]['details']>;

/** What the queue does with a job after an error. */
export type RetryRule = 'never' | 'later' | 'space';

/** All error codes, for tests and parsers that must cover the union. */
export const ERROR_CODES = Object.keys(catalogue) as ErrorCode[];

/** What the queue does with a job after this error. */
export function retryRule(code: ErrorCode): RetryRule {
  return catalogue[code].retry;
}

/** The zod schema of an error's details. */
export function errorDetailsSchema(code: ErrorCode): z.ZodType {
  return catalogue[code].details;
}

/**
 * An error shown to users. Its `message` is the code alone, so that a log or a stack never holds a file name;
 * `describeError` makes the message text from code and details.
 */
export class AppError<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C;
  readonly details: ErrorDetails<C>;

  constructor(code: C, details: ErrorDetails<C>, options?: ErrorOptions) {
    super(code, options);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }
}

/** Whether `error` is the AppError of one of these codes; without codes, whether it is an AppError at all. */
export function isAppError<C extends ErrorCode>(error: unknown, ...codes: C[]): error is AppError<C> {
  return error instanceof AppError && (codes.length === 0 || codes.includes(error.code as C));
}

/** An error as plain data, for storage and process boundaries. */
export const Failure = z.object({ code: z.enum(ERROR_CODES), details: z.record(z.string(), z.unknown()) });
export type Failure = z.infer<typeof Failure>;

/** The plain data of an error. */
export function failureOf(error: AppError): Failure {
  return { code: error.code, details: { ...error.details } };
}

/** Rebuilds the error of a failure. Throws a ZodError if the details do not match the code. */
export function errorOf(failure: Failure): AppError {
  const details = catalogue[failure.code].details.parse(failure.details) as ErrorDetails<ErrorCode>;
  return new AppError(failure.code, details);
}
