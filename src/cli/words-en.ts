/** Everything the command line says in English while it works, besides errors and `--help`. */
export const ENGLISH_WORDS = {
  jobStates: {
    queued: 'queued',
    running: 'running',
    paused: 'paused',
    waiting: 'waiting for another try',
    done: 'done',
    failed: 'failed',
    cancelled: 'cancelled',
  },
  recordingStates: { importing: 'not read to its end yet', ready: 'ready', incomplete: 'incomplete' },
  results: {
    done: 'done',
    partly: 'partly done',
    failed: 'failed',
    interrupted: 'interrupted',
    same: 'same file',
    existing: 'there already',
  },
  stages: {
    import: 'reading',
    load: 'loading the model',
    transcribe: 'transcribing',
    assemble: 'finishing',
    export: 'writing',
  },
  flags: { loop: 'repeats itself', improbable: 'doubtful', overlap: 'both speak' },
  layouts: { single: 'one', mixed: 'mixed to one', speakers: 'one per speaker' },

  resumed: (name: string) => `${name}: goes on where it was interrupted.`,
  onlyReadable: (name: string, length: string) =>
    `${name}: only ${length} of it could be read; this much is transcribed.`,
  language: (name: string, language: string, percent: number) =>
    `${name}: the language is ${language} (${percent} % certain).`,
  languageHint: 'If that is wrong, name it with --language.',
  notUnderstood: (name: string, count: number, length: string, places: string) =>
    count === 1
      ? `${name}: one stretch was not understood: ${places}.`
      : `${name}: ${count} stretches, ${length} in all, were not understood: ${places}.`,
  beforeZero: (name: string) =>
    `${name}: with this --time-offset its beginning lies before 00:00; what is said there stands at 00:00 in the files.`,
  otherLanguages: (name: string, places: string) => `${name}: ${places}.`,
  otherLanguagesHint: (command: string) => `To hear each language as itself: ${command}`,
  andMore: (count: number) => `and ${count} more`,
  sameFile: (name: string, other: string) =>
    `${name} is the same file as ${other}, so it was not read twice.`,
  sameFiles: (count: number, names: string) =>
    `${count} names stand for files that have another name here too, and were not read twice: ${names}.`,
  leftOut: {
    others: (count: number, names: string) =>
      count === 1
        ? `One other file does not look like a recording and was not read: ${names}.`
        : `${count} other files do not look like recordings and were not read: ${names}.`,
    hidden: (count: number, names: string) =>
      count === 1
        ? `One recording is hidden and was not read: ${names}.`
        : `${count} recordings are hidden and were not read: ${names}.`,
    special: (count: number, names: string) =>
      count === 1
        ? `One entry is no file but a pipe, a socket or a device, and was not read: ${names}.`
        : `${count} entries are no files but pipes, sockets or devices, and were not read: ${names}.`,
    again: (count: number, names: string) =>
      count === 1
        ? `One folder is here under a second name, and was not read twice: ${names}.`
        : `${count} folders are here under a second name, and were not read twice: ${names}.`,
    upward: (count: number, names: string) =>
      count === 1
        ? `One link leads back to a folder that it lies in, and was not followed: ${names}.`
        : `${count} links lead back to folders that they lie in, and were not followed: ${names}.`,
    hint: 'A file that is named itself is always tried.',
  },
  fromOn: (time: string) => `from ${time} on`,
  probably: (where: string, language: string, percent: number) =>
    `${where} probably ${language} (${percent} %)`,
  realTime: (speed: string) => `${speed} real time`,
  readyAt: (time: string) => `ready at ${time}`,
  ended: (name: string, state: string) => `${name}: ${state}.`,
  hindered: (name: string, what: string) => `${name}: ${what} Work goes on by itself; nothing is lost.`,
  written: (path: string) => `Written: ${path}`,
  rescued: (name: string, folder: string, paths: string) =>
    `${name}: the transcript could not be written into ${folder}, and is kept, readable and not encrypted, in ${paths}. Move it to where it belongs.`,
  onScreenOnly: (name: string, folder: string) =>
    `${name}: the transcript could not be written into ${folder}, nor anywhere else on this computer. It stands above, and nowhere else: copy it before you close this window.`,
  stillInVault: (name: string, command: string) =>
    `${name}: the transcript is in the vault. To write it as files: ${command}`,
  existing: (count: number) =>
    count === 1
      ? 'One recording was not transcribed again: its transcript, made with this model and these options, is there already.'
      : `${count} recordings were not transcribed again: their transcripts, made with this model and these options, are there already.`,
  safe: (name: string) => `${name}: safe in the vault.`,
  stopping: 'Stopping. What is finished is kept; press Ctrl+C again to stop at once.',
  interruptedWritten: 'Interrupted. What was finished is written, and marked incomplete.',
  interruptedNothing: 'Interrupted before anything was finished. Your recordings were not changed.',
  interruptedInVault: (vault: string) =>
    `Interrupted. What is finished is safe. To go on, run the same command again, or: voicesync queue run --vault ${vault}`,
  stillReadable: (paths: string) => `The original is still readable at ${paths}`,
  stillReadableMany: (paths: string) => `The originals are still readable in ${paths}`,
  aRecording: 'A recording of this vault',

  headings: {
    recording: 'Recording',
    result: 'Result',
    length: 'Length',
    took: 'Took',
    speed: 'Speed',
    id: 'Id',
    state: 'State',
    transcript: 'Transcript',
    imported: 'Imported',
    job: 'Job',
    attempts: 'Attempts',
    retryAt: 'Retry at',
    reason: 'Reason',
    waited: 'Waited',
    decoding: 'Decoding',
    inference: 'Inference',
    memory: 'Memory',
    model: 'Model',
    size: 'Size',
    languages: 'Languages',
    hash: 'Hash',
    source: 'Source',
    channels: 'Channels',
  },

  passphrase: 'Passphrase of the vault: ',
  newPassphrase: 'New passphrase (at least 10 characters): ',
  passphraseStrength: {
    hours: 'Weak: whoever takes this disk could guess it within hours or days.',
    months: 'Fair: guessing it would take a large computer months.',
    years: 'Good: guessing it would take a large computer years.',
    centuries: 'Strong: guessing it would take a large computer centuries.',
  },
  passphraseAdvice: 'Four or more words that have nothing to do with each other are strong.',
  passphraseAgain: 'The same once more: ',
  keyIntroduction: 'The recovery key opens the vault when the passphrase is lost. Write it down on paper:',
  typeGroupBack: (group: number) => `Type group ${group} back: `,
  groupWrong: 'That is not what stands there. Look again.',
  keyConfirmed: 'Right. Keep the paper away from this machine.',
  keySaved: (file: string) => `The recovery key is in ${file}: keep it away from this machine.`,
  vaultReady: (folder: string) => `The vault is ready in ${folder}`,
  lostIsLost:
    'Without passphrase and recovery key its data is gone: nobody can open it, and nobody can help.',
  passphraseChanged: 'The passphrase is changed. Older backups still open with the old one.',
  keyNotTaken:
    'The old recovery key is replaced already, and nobody has the new one. Make another: voicesync vault recovery-key',
  oldKeyDead: 'The old recovery key opens nothing any more, but older backups.',
  verifying: 'Reading every byte of the vault …',
  sound: (objects: number) =>
    `Sound: ${objects} objects, the database, the audit log and every transcript are as they were stored.`,
  unsound: 'The vault is not as it was stored. Restore a backup, or export what can still be read.',
  objectFault: (id: string, recording: string, missing: boolean) =>
    `Object ${id} of recording ${recording}: ${missing ? 'missing' : 'damaged'}`,
  databaseFault: (fault: string) => `Database: ${fault}`,
  auditFault: (kind: string, from: number, to: number) => `Audit log: ${kind}, entries ${from} to ${to}`,
  versionFault: (id: string, kind: string) => `Transcript version ${id}: ${kind}`,
  backedUp: (objects: number, folder: string) => `Backed up and verified: ${objects} objects, in ${folder}`,
  restored: (objects: number, folder: string) =>
    `Restored: ${objects} objects, in ${folder}\nCheck them with: voicesync vault verify --vault ${folder}`,

  reading: (file: string) => `${file}: reading …`,
  imported: (file: string, length: string) => `${file}: ${length}, safe in the vault.`,
  importedPartly: (file: string, length: string) =>
    `${file}: only ${length} of it could be read; this much is safe in the vault.`,
  noRecordings: 'There are no recordings in this vault yet. Bring some in with: voicesync recordings import',
  noVersion: 'none',
  unfinishedVersion: 'unfinished',
  version: (number: number) => `version ${number}`,
  unknownYet: 'not known yet',
  unknownHash: 'unknown: it was not read to its end',
  nothingFound: 'Nothing found.',
  toBeErased: 'These recordings will be erased for good, with their transcripts:',
  typeCount: (count: number) => `Type their number (${count}) to go on: `,
  erased: (name: string) => `${name}: erased`,
  eraseTruth:
    'Their keys and files are deleted. A flash disk may keep old copies of encrypted data out of reach of any program.',

  nothingQueued: 'Nothing is queued.',
  nothingToDo: 'Nothing is left to do.',
  queuedAs: (id: string, vault: string) =>
    `Queued as ${id}. Transcribe it with: voicesync queue run --vault ${vault}`,
  notDelivered: 'Nothing will be written as a file: --out says where, or export it later.',
  isNext: (name: string) => `${name}: next`,

  trust: { verified: 'verified', notInCatalogue: 'not in the catalogue', altered: 'ALTERED, not used' },
  manyLanguages: 'many',
  englishOnly: 'English',
  isDefault: 'default',
  notHere: (names: string) => `Official models that are not on this machine: ${names}`,
  removed: (name: string) => `${name}: removed`,
  bundledAgain: (name: string) => `${name}, the model that comes with VoiceSync, is the default again.`,
  recommended: (name: string, machine: string) => `Best for this machine (${machine}): ${name}`,
  recommendedElsewhere: (name: string, size: string) =>
    `${name} (${size}): not here yet; bring it with: voicesync models import FILE`,
  nowDefault: (name: string) => `${name} is used where no model is named.`,

  checks: {
    program: 'VoiceSync',
    engine: 'Speech engine',
    decoder: 'Decoder',
    models: 'Models',
    recommended: 'Best model here',
    folder: 'Data folder',
    machine: 'Machine',
    log: 'Log',
  },
  missing: 'MISSING:',
  cpuVariant: (version: string, variant: string) => `whisper.cpp ${version}, CPU variant ${variant}`,
  madeWhenNeeded: (folder: string) => `${folder} (made when it is needed)`,
  free: (folder: string, size: string) => `${folder}, ${size} free`,
  logEntries: (folder: string, count: number) =>
    `${count} ${count === 1 ? 'entry' : 'entries'}, in ${folder} (codes and numbers; no names, no text)`,
  logIsOff: 'No log is kept. Keep one again with: voicesync doctor log --on',
  logIsOn: 'A log is kept from now on: codes and numbers, no names and no text.',
  logIsEmpty: 'The log is empty.',
  logDeleted: 'The log is deleted.',
  reportWritten: (file: string) =>
    `The report is in ${file}. Read it before you give it to anybody; VoiceSync sends it nowhere.`,
  cores: (cores: number, memory: string) => `${cores} cores, ${memory} of memory`,

  usage: {
    threads: '--threads is a whole number from 1 to 256',
    beamSize: '--beam-size is a whole number from 1 to 8',
    wholeNumber: (option: string, least: number, most: number) =>
      `${option} is a whole number from ${least} to ${most}`,
    seconds: (option: string, least: string, most: string) =>
      `${option} is a number of seconds from ${least} to ${most}`,
    subtitleOrder: (shortest: string, longest: string) =>
      `a subtitle cannot stand for ${shortest} s at least (--subtitle-shortest) and ${longest} s at most (--subtitle-longest)`,
    track: '--track is a number from 1 on, or mix',
    limit: '--limit is a whole number from 1 on',
    timeOffset:
      '--time-offset is hours:minutes:seconds, minutes:seconds or seconds, at most 1000 hours, with a minus to make times earlier: 1:30:00, 90, -2.5',
    time: 'a time is minutes:seconds or hours:minutes:seconds',
    skipExisting:
      'without --vault, --skip-existing needs docx or json in --format: only these files tell what they were made of',
    range: '--from and --to go together, the earlier time first',
    unknownOption: (text: string) => `there is no option ${text}`,
    unknownCommand: (text: string) => `there is no command ${text}`,
    missingArgument: (text: string) => `${text} is missing`,
    missingOption: (text: string) => `the option ${text} must be given`,
    missingValue: (text: string) => `the option ${text} needs a value`,
    badValue: (text: string) => `this value does not fit: ${text}`,
    conflict: (text: string) => `these options do not go together: ${text}`,
    fileExists: (file: string) => `${file} is there already, and is not overwritten`,
    tooMany: 'there are more arguments than the command takes',
  },
};

/** What the command line says while it works, in one language. */
export type Words = typeof ENGLISH_WORDS;
