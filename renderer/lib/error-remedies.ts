import type { ErrorCode } from '../../src/contract/errors.ts';

/**
 * The single action of a button for an error.
 * - `retry`: repeats the action.
 * - `typeAgain`: back into the field.
 * - `addRecordings`, `addModel`: pick files.
 * - `chooseModel`, `showLibrary`, `showSettings`: goes there.
 * - `showSource`, `showVault`: reveals the file or folder.
 * - `chooseFolder`: another folder to write to.
 * - `chooseTrack`: asks which audio track to import.
 * - `reopen`: reopens the transcript.
 * - `detectLanguage`, `transcribeOnly`: repeats the job with that option.
 * - `unlock`: asks for the passphrase.
 * - `startAnew`: reloads the window from what is stored.
 * - `close`: no action here; dismisses the message.
 */
export type Remedy =
  | 'retry'
  | 'typeAgain'
  | 'addRecordings'
  | 'addModel'
  | 'chooseModel'
  | 'showLibrary'
  | 'showSettings'
  | 'showSource'
  | 'showVault'
  | 'chooseFolder'
  | 'chooseTrack'
  | 'reopen'
  | 'detectLanguage'
  | 'transcribeOnly'
  | 'unlock'
  | 'startAnew'
  | 'close';

const REMEDIES: Readonly<Record<ErrorCode, Remedy>> = {
  'file.notFound': 'addRecordings',
  'file.noPermission': 'addRecordings',
  'file.pipe': 'addRecordings',
  'file.notRegular': 'addRecordings',
  'file.brokenLink': 'addRecordings',
  'file.pathTooLong': 'addRecordings',
  'file.nameUnusable': 'addRecordings',
  'file.notOnDisk': 'addRecordings',
  'file.changed': 'addRecordings',
  'file.readFailed': 'showSource',
  'folder.empty': 'addRecordings',
  'folder.noPermission': 'retry',
  'folder.gone': 'retry',
  'folder.unreadable': 'retry',
  'folder.notWritable': 'chooseFolder',
  'folder.dataNotWritable': 'retry',

  'media.empty': 'showSource',
  'media.unreadable': 'showSource',
  'media.indexLost': 'showSource',
  'media.noDecoder': 'showSource',
  'media.damaged': 'showSource',
  'media.noAudio': 'addRecordings',
  'media.text': 'addRecordings',
  'media.playlist': 'addRecordings',
  'media.ds2': 'showSource',
  'media.severalTracks': 'chooseTrack',
  'media.noSuchTrack': 'chooseTrack',
  'media.tooLong': 'showSource',
  'media.stalled': 'showSource',

  'handOver.exists': 'chooseFolder',
  'handOver.notOne': 'close',
  'handOver.newer': 'close',
  'handOver.notOpened': 'typeAgain',
  'handOver.damaged': 'close',
  'handOver.alreadyReceived': 'close',
  'handOver.unfinished': 'showLibrary',

  'ffmpeg.missing': 'retry',
  'ffmpeg.crashed': 'retry',

  'disk.full': 'retry',
  'disk.failed': 'retry',

  'engine.notBuilt': 'retry',
  'engine.crashed': 'retry',
  'engine.stalled': 'retry',
  'engine.outOfMemory': 'chooseModel',
  'engine.failed': 'retry',
  'engine.detectorUnusable': 'retry',
  'engine.voicesUnusable': 'retry',

  'model.notFound': 'addModel',
  'model.notAModel': 'addModel',
  'model.otherFormat': 'addModel',
  'model.voiceActivity': 'addModel',
  'model.vocabularyTooLarge': 'addModel',
  'model.unsupported': 'addModel',
  'model.cutShort': 'addModel',
  'model.trailingBytes': 'addModel',
  'model.damaged': 'addModel',
  'model.hashMismatch': 'addModel',
  'model.inUse': 'showLibrary',
  'model.bundled': 'chooseModel',
  'model.trialWhileRecording': 'close',
  'model.trialUnderWay': 'close',
  'model.trialSilent': 'close',
  'model.cannotTranslate': 'transcribeOnly',
  'model.englishOnly': 'chooseModel',
  'language.unknown': 'detectLanguage',

  'vault.notFound': 'startAnew',
  'vault.notAVault': 'showVault',
  'vault.exists': 'startAnew',
  'vault.notEmpty': 'showVault',
  'vault.inUse': 'retry',
  'vault.wrongPassphrase': 'typeAgain',
  'vault.waitBeforeTrying': 'typeAgain',
  'vault.wrongRecoveryKey': 'typeAgain',
  'vault.recoveryKeyMistyped': 'typeAgain',
  'vault.recoveryKeyIncomplete': 'typeAgain',
  'vault.passphraseTooShort': 'typeAgain',
  'vault.passphrasesDiffer': 'typeAgain',
  'vault.credentialNeeded': 'unlock',
  'vault.backupInside': 'chooseFolder',
  'vault.keyBesideVault': 'chooseFolder',
  'vault.moveInside': 'chooseFolder',
  'vault.missing': 'retry',
  'vault.syncedFolder': 'showVault',
  'vault.damaged': 'showVault',
  'vault.newer': 'showSettings',
  'vault.sealed': 'unlock',

  'object.damaged': 'showVault',
  'object.missing': 'showVault',

  'recording.notFound': 'showLibrary',
  'recording.ambiguous': 'showLibrary',
  'recording.notTranscribed': 'showLibrary',
  'recording.noOriginal': 'showLibrary',
  'recording.busy': 'showLibrary',
  'recording.corrected': 'showLibrary',
  'spelling.failed': 'close',
  'spelling.fullOfWords': 'showSettings',
  'speakers.notHeard': 'close',
  'voice.noMatter': 'close',
  'voice.noVoice': 'close',
  'voice.failed': 'close',
  'voice.tooShort': 'close',
  'capture.unavailable': 'close',
  'capture.denied': 'retry',
  'capture.noDevice': 'retry',
  'capture.deviceFailed': 'retry',
  'capture.notRunning': 'showLibrary',
  'capture.nothingArrived': 'retry',
  'capture.noSound': 'close',
  'capture.notWave': 'close',
  'capture.soundUnsupported': 'close',
  'capture.onlySilence': 'close',
  'watch.insideVault': 'close',
  'watch.already': 'close',
  'corrections.unreadable': 'close',
  'corrections.tooMany': 'close',
  'matter.notFound': 'showLibrary',
  'matter.held': 'close',
  'retention.clockDoubted': 'close',
  'certificate.notFound': 'close',
  'citation.noTemplate': 'close',
  'citation.nothing': 'close',
  'citation.noLine': 'close',
  'template.notFound': 'close',
  'template.notWord': 'close',
  'template.macros': 'close',
  'template.loadsFromElsewhere': 'close',
  'template.tooLarge': 'close',
  'job.notFound': 'showLibrary',
  'job.ambiguous': 'showLibrary',
  'job.wrongState': 'showLibrary',
  'job.interrupted': 'retry',

  'transcript.changed': 'reopen',
  'transcript.unfinished': 'close',
  'version.notFound': 'showLibrary',
  'text.unreadable': 'close',
  'text.empty': 'close',
  'text.tooLarge': 'close',

  'export.failed': 'retry',
  'export.notReplaced': 'retry',
  'export.unknownFormat': 'close',
  'export.needsWindow': 'close',

  'usage.interrupted': 'close',
  'usage.notConfirmed': 'close',
  'usage.invalid': 'close',
  'internal.unexpected': 'retry',
};

/** Fallbacks for remedies whose requirements are missing where the error is shown. */
const OTHERWISE: Readonly<Partial<Record<Remedy, Remedy>>> = {
  showSource: 'addRecordings',
  chooseTrack: 'addRecordings',
  reopen: 'startAnew',
  detectLanguage: 'showLibrary',
  transcribeOnly: 'chooseModel',
};

/** The button of an error code. */
export function remedyFor(code: ErrorCode): Remedy {
  return REMEDIES[code];
}

/** The best remedy available where the error is shown; `close` if none is. */
export function availableRemedy(code: ErrorCode, isAvailable: (remedy: Remedy) => boolean): Remedy {
  const best = REMEDIES[code];
  if (isAvailable(best)) return best;
  const other = OTHERWISE[best];
  return other !== undefined && isAvailable(other) ? other : 'close';
}
