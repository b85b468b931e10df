import { codingName } from './assumed-reading.ts';
import type { ErrorSentences } from './error-description.ts';
import { formatBytes, formatDuration } from './quantities.ts';
import { showable } from './untrusted-text.ts';

const UNTOUCHED = 'Your file was not changed.';

const STATES: Readonly<Record<string, string>> = {
  queued: 'in the queue',
  running: 'running',
  paused: 'paused',
  waiting: 'waiting to be tried again',
  done: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
};

const ACTIONS: Readonly<Record<string, string>> = {
  pause: 'be paused',
  resume: 'be resumed',
  cancel: 'be cancelled',
  retry: 'be retried',
  first: 'be put first',
  run: 'be run',
};

/** The error sentences in English. */
export const ENGLISH_SENTENCES: ErrorSentences = {
  'file.notFound': ({ file }) => ({
    what: `${quoted(file)} is not there.`,
    todo: 'Check the name and the folder; if it is on a stick or a network drive, connect that first.',
  }),
  'file.noPermission': ({ file }) => ({
    what: `You are not allowed to open ${quoted(file)}.`,
    todo: 'Ask its owner for permission to read it, or copy it into a folder of your own.',
  }),
  'file.pipe': ({ file }) => ({
    what: `${quoted(file)} is a pipe: what comes through it can be read only once, and a recording is read several times, to be checked and kept.`,
    todo: 'Save it as a file first, and name that file.',
  }),
  'file.notRegular': ({ file }) => ({
    what: `${quoted(file)} is not an ordinary file: it is a folder, a link or a device.`,
    todo: 'Choose the recording itself.',
  }),
  'file.brokenLink': ({ file }) => ({
    what: `${quoted(file)} is a link, and what it leads to is not there.`,
    todo: 'If the recording is on a stick or a network drive, connect that first; otherwise add the recording itself.',
  }),
  'file.pathTooLong': ({ file }) => ({
    what: `${quoted(file)} cannot be opened: its name, with all the folders it lies in, is too long for this computer.`,
    todo: `Move it into a folder of your own with a short name, and add it from there. ${UNTOUCHED}`,
  }),
  'file.nameUnusable': ({ file }) => ({
    what: `${quoted(file)} cannot be opened: its name was written by another system, in characters that are not valid here.`,
    todo: `Give it a name of plain letters and digits, and add it again. ${UNTOUCHED}`,
  }),
  'file.notOnDisk': ({ file }) => ({
    what: `${quoted(file)} comes from another program and lies in no folder of this computer.`,
    todo: 'Save it in a folder first, then drop it from there.',
  }),
  'file.changed': ({ file }) => ({
    what: `${quoted(file)} changed while it was being read.`,
    todo: 'Wait until the recorder or the copying has finished, then add it again. What had arrived is kept.',
  }),
  'file.readFailed': ({ file }) => ({
    what: `${quoted(file)} could not be read to its end.`,
    todo: `Check the stick, card or drive it is on; copying it to this computer first often helps. ${UNTOUCHED}`,
  }),
  'folder.empty': ({ folder }) => ({
    what: `There is no recording in ${quoted(folder)}.`,
    todo: 'Choose the folder that holds the recordings themselves.',
  }),
  'folder.noPermission': ({ folder }) => ({
    what: `You are not allowed to look into the folder ${quoted(folder)}. What is in it was left out.`,
    todo: 'Ask its owner for permission to read it, then add it again.',
  }),
  'folder.gone': ({ folder }) => ({
    what: `The folder ${quoted(folder)} was gone when it was to be read. What was in it was left out.`,
    todo: 'If it is on a stick or a network drive, connect that, then add it again.',
  }),
  'folder.unreadable': ({ folder }) => ({
    what: `The folder ${quoted(folder)} could not be read to its end. What is in it may be missing here.`,
    todo: 'Check the stick, card or drive it is on, then add it again; copying it to this computer first often helps.',
  }),
  'folder.notWritable': ({ folder }) => ({
    what: `Nothing can be saved in ${quoted(folder)}.`,
    todo: 'If it is on a stick or a network drive, connect that again; or choose a folder of your own (command line: --out FOLDER).',
  }),
  'folder.dataNotWritable': ({ folder }) => ({
    what: `VoiceSync cannot keep its own data in ${quoted(folder)}.`,
    todo: 'Make that folder writable, or name another one in the environment variable VOICESYNC_HOME.',
  }),

  'media.empty': ({ file }) => ({
    what: `${quoted(file)} is empty: it holds 0 bytes.`,
    todo: 'Copy it from the recorder again; if it is empty there too, nothing was recorded.',
  }),
  'media.unreadable': ({ file }) => ({
    what: `${quoted(file)} is not a recording that VoiceSync can read.`,
    todo: `Check that it plays on this computer. If it does, save it there as WAV or MP3 and add that file. ${UNTOUCHED}`,
  }),
  'media.indexLost': ({ file }) => ({
    what: `${quoted(file)} holds a recording, but not the index to it: the recorder stopped before it wrote that.`,
    todo: `Keep this file: what was recorded is in it. Put a whole recording of the same device and settings into the same folder and try again. If that does not help, a data recovery service or a repair program for MP4 files can rebuild the index with such a recording. ${UNTOUCHED}`,
  }),
  'media.noDecoder': ({ file, coding }) => ({
    what: `${quoted(file)} was taken for ${codingName(coding, 'en')}, which the ffmpeg on this computer cannot decode.`,
    todo: `Install a complete ffmpeg, or have the file saved as WAV where it was recorded and add that. ${UNTOUCHED}`,
  }),
  'media.damaged': ({ file, readableMs }) => ({
    what: `${quoted(file)} is damaged: only ${formatDuration(readableMs)} of it can be read.`,
    todo: `Copy it from the recorder again. If there is no better copy, the readable part is kept. ${UNTOUCHED}`,
  }),
  'media.noAudio': ({ file }) => ({
    what: `${quoted(file)} has no sound in it.`,
    todo: 'Check that it is the right file: some cameras save the sound in a file of its own.',
  }),
  'media.text': ({ file }) => ({
    what: `${quoted(file)} holds text, not sound.`,
    todo: 'Choose the recording itself.',
  }),
  'media.playlist': ({ file }) => ({
    what: `${quoted(file)} is a playlist: it only points to other files.`,
    todo: 'Choose the recordings it points to. VoiceSync never follows such pointers.',
  }),
  'media.ds2': ({ file }) => ({
    what: `${quoted(file)} is a DS2 dictation (DSS Pro), a closed format that VoiceSync cannot read.`,
    todo: `Open it in the recorder's own program (Olympus DSS Player, OM System ODMS or Philips SpeechExec), choose Save as in the File menu, pick WAV as the type, and add the WAV file. ${UNTOUCHED}`,
  }),
  'media.severalTracks': ({ file, tracks }) => ({
    what: `${quoted(file)} has several sound tracks: ${list(tracks)}.`,
    todo: 'Say which one to transcribe, or take them all mixed (command line: --track NUMBER, or --track mix).',
  }),
  'media.noSuchTrack': ({ file, track, tracks }) => ({
    what: `${quoted(file)} has no sound track ${track}.`,
    todo: tracks.length === 0 ? 'Choose another file.' : `Choose one of these: ${list(tracks)}.`,
  }),
  'media.tooLong': ({ file, limitHours }) => ({
    what: `${quoted(file)} is longer than ${limitHours} hours, the most that VoiceSync takes at once.`,
    todo: 'Cut it into shorter files and add those.',
  }),
  'media.stalled': ({ file }) => ({
    what: `Reading ${quoted(file)} came to a halt.`,
    todo: `Copy it to this computer's own disk and add that copy; if it stops there too, the file is damaged. ${UNTOUCHED}`,
  }),

  'ffmpeg.missing': () => ({
    what: 'The program that reads recordings, ffmpeg, is not on this computer.',
    todo: 'Install it, then try again. Debian or Ubuntu: sudo apt-get install ffmpeg. Mac: brew install ffmpeg. Windows: winget install Gyan.FFmpeg.',
  }),
  'ffmpeg.crashed': () => ({
    what: 'The program that reads recordings stopped unexpectedly.',
    todo: 'Try again. If it keeps happening with this recording, save it as WAV and add that. Nothing was lost.',
  }),

  'disk.full': ({ neededBytes, freeBytes }) => ({
    what: `The disk is full${room(neededBytes, freeBytes)}.`,
    todo: 'Delete or move files you no longer need: in the window work then goes on, on the command line run it again. Your recordings were not changed.',
  }),
  'disk.failed': () => ({
    what: 'The disk refused to store data: it may be failing, unplugged or write-protected.',
    todo: 'Check the drive and its cable, and make a backup now. What was saved before is safe as long as the disk is.',
  }),

  'engine.notBuilt': () => ({
    what: 'The speech engine has not been built on this computer yet.',
    todo: 'Install a C++ compiler and CMake, then run: npm run build:native. Debian or Ubuntu: sudo apt-get install build-essential cmake. Mac: xcode-select --install and brew install cmake. Windows: Visual Studio Build Tools with “Desktop development with C++”.',
  }),
  'engine.crashed': () => ({
    what: 'The speech engine stopped unexpectedly.',
    todo: 'Try again. If it keeps happening, close other programs or choose a smaller model. Nothing that was transcribed is lost.',
  }),
  'engine.stalled': () => ({
    what: 'The speech engine took far too long for one piece and was stopped.',
    todo: 'Close other heavy programs or choose a smaller model, then try again. Nothing that was transcribed is lost.',
  }),
  'engine.outOfMemory': ({ model }) => ({
    what: `There is not enough memory for the speech model ${quoted(model)}.`,
    todo: 'Close other programs or choose a smaller model, then retry. Nothing that was transcribed is lost.',
  }),
  'engine.failed': () => ({
    what: 'The speech engine could not transcribe one piece of the recording.',
    todo: 'Try again. If it keeps happening, choose another model. Nothing that was transcribed is lost.',
  }),
  'engine.detectorUnusable': ({ file }) => ({
    what: `The file with which VoiceSync finds speech is missing or damaged: ${quoted(file)}.`,
    todo: 'Install VoiceSync again: the file comes with it. Nothing that was transcribed is lost.',
  }),

  'model.notFound': ({ model, known }) => ({
    what: `There is no speech model ${quoted(model)} here.`,
    todo:
      known.length === 0
        ? 'Bring a model file on a stick and import it: voicesync models import FILE.'
        : `Choose one of these: ${list(known)}. Or import a model file: voicesync models import FILE.`,
  }),
  'model.notAModel': ({ file }) => ({
    what: `${quoted(file)} is not a Whisper speech model in ggml format.`,
    todo: 'Choose a file like ggml-small.bin, as the whisper.cpp project publishes them. Nothing was imported.',
  }),
  'model.otherFormat': ({ file, format }) => ({
    what: `${quoted(file)} is a model in ${format} format, which VoiceSync does not read.`,
    todo: 'Choose the same model in ggml format: a file like ggml-small.bin, as the whisper.cpp project publishes them. Nothing was imported.',
  }),
  'model.voiceActivity': ({ file }) => ({
    what: `${quoted(file)} is another kind of model: it tells where somebody speaks (voice activity), and knows no words.`,
    todo: 'VoiceSync brings its own of that kind. Choose a speech model, a file like ggml-small.bin. Nothing was imported.',
  }),
  'model.vocabularyTooLarge': ({ file, tokens }) => ({
    what: `${quoted(file)} has a vocabulary of ${count(tokens)} entries; the speech engine knows Whisper’s own, of at most ${count(51_866)}.`,
    todo: 'Choose a model whose vocabulary was not extended. Nothing was imported.',
  }),
  'model.unsupported': ({ model }) => ({
    what: `The weights of the speech model ${quoted(model)} are stored in a way that the speech engine cannot read.`,
    todo: 'Choose the same model as F16, Q8_0, Q5_1 or Q5_0: a file like ggml-small.bin or ggml-small-q8_0.bin. Nothing was imported.',
  }),
  'model.cutShort': ({ file }) => ({
    what: `${quoted(file)} is a speech model that was cut short: the file ends before its weights do.`,
    todo: 'Copy or download it again, to its end. It is not used.',
  }),
  'model.trailingBytes': ({ file, extraBytes }) => ({
    what: `${quoted(file)} is a speech model with something behind its end: ${formatBytes(extraBytes, 'en')} that do not belong to it.`,
    todo: 'Copy or download it again. It is not used.',
  }),
  'model.damaged': ({ file }) => ({
    what: `${quoted(file)} begins as a speech model does, but what follows contradicts its beginning.`,
    todo: 'Copy or download it again: it is probably damaged. It is not used.',
  }),
  'model.hashMismatch': ({ file, model }) => ({
    what: `${quoted(file)} is named like the official model ${quoted(model)}, but its content is different.`,
    todo: 'Copy or download it again: someone may have changed it. It is not used.',
  }),
  'model.inUse': ({ model }) => ({
    what: `The speech model ${quoted(model)} is in use.`,
    todo: 'Wait until the recordings that use it are finished, or cancel them, then try again.',
  }),
  'model.bundled': ({ model }) => ({
    what: `The speech model ${quoted(model)} belongs to VoiceSync itself and cannot be removed.`,
    todo: 'Leave it where it is; another model can be used in its place. Nothing was changed.',
  }),
  'model.cannotTranslate': ({ model }) => ({
    what: `The speech model ${quoted(model)} cannot translate.`,
    todo: 'Choose a model that can, such as small, medium or large-v3, or transcribe without translating.',
  }),
  'model.englishOnly': ({ model, language }) => ({
    what: `The speech model ${quoted(model)} knows English only, not ${quoted(language)}.`,
    todo: 'Choose the model of the same name without “.en”, or set the language to English (en).',
  }),
  'language.unknown': ({ language }) => ({
    what: `${quoted(language)} is not a language that the speech model knows.`,
    todo: 'Use a two-letter code such as en or es, or auto to have it detected, or mixed if the speakers change language.',
  }),

  'vault.notFound': ({ folder }) => ({
    what: `There is no vault in ${quoted(folder)}.`,
    todo: 'Check the folder, or make a vault there: voicesync vault init FOLDER.',
  }),
  'vault.notAVault': ({ folder }) => ({
    what: `${quoted(folder)} is not a vault.`,
    todo: 'Choose the vault folder itself, not one above or inside it. Nothing in it was changed.',
  }),
  'vault.exists': ({ folder }) => ({
    what: `There is already a vault in ${quoted(folder)}.`,
    todo: 'Open that one, or choose another folder for the new vault. The existing vault was not touched.',
  }),
  'vault.notEmpty': ({ folder }) => ({
    what: `There are already files in ${quoted(folder)}.`,
    todo: 'Choose an empty or a new folder for the vault. Nothing was changed.',
  }),
  'vault.inUse': ({ holder }) => ({
    what: `This vault is already open: ${showable(holder)}.`,
    todo: 'Close the other VoiceSync first, or wait until it has finished. Only one may use a vault at a time.',
  }),
  'vault.wrongPassphrase': () => ({
    what: 'This passphrase does not open the vault.',
    todo: 'Check caps lock and the keyboard language and type it again, or use your recovery key. Nothing was lost.',
  }),
  'vault.waitBeforeTrying': ({ waitMs }) => ({
    what: `The next passphrase is looked at in ${formatDuration(Math.max(1000, waitMs))}.`,
    todo: 'Several were wrong, so there is a short wait. Your recordings are safe.',
  }),
  'vault.wrongRecoveryKey': () => ({
    what: 'This recovery key is well-formed, but belongs to another vault or has been replaced.',
    todo: 'Look for the newest recovery key of this vault, or use the passphrase. Nothing was lost.',
  }),
  'vault.recoveryKeyMistyped': ({ group }) => ({
    what: `There is a typing mistake in group ${group} of the recovery key.`,
    todo: `Compare group ${group} with your paper, character by character, and type it again.`,
  }),
  'vault.recoveryKeyIncomplete': ({ groups, expected }) => ({
    what: `The recovery key has ${groups} groups, but should have ${expected}.`,
    todo: 'Type all groups, in order, as they stand on your paper.',
  }),
  'vault.passphraseTooShort': ({ minimum }) => ({
    what: `The passphrase is too short: it needs at least ${minimum} characters.`,
    todo: 'Take four or more words that only you would put together; blanks are allowed.',
  }),
  'vault.passphrasesDiffer': () => ({
    what: 'The two passphrases are not the same.',
    todo: 'Type the new passphrase again, both times alike. Nothing was changed.',
  }),
  'vault.credentialNeeded': () => ({
    what: 'The vault is locked and nothing was given to open it.',
    todo: 'Type the passphrase, or on the command line give --passphrase-file FILE or --recovery-key-file FILE.',
  }),
  'vault.keyBesideVault': ({ folder }) => ({
    what: `The recovery key must not be kept in ${quoted(folder)}: that is with the vault it opens.`,
    todo: 'Save it on a stick or print it, and keep it in another place. Nothing was written.',
  }),
  'vault.syncedFolder': ({ folder, service }) => ({
    what: `${quoted(folder)} is copied or shared by ${showable(service)}: a vault there would leave this computer and could be damaged.`,
    todo: "Choose a folder on this computer's own disk that is not synchronised. Nothing was written there.",
  }),
  'vault.damaged': () => ({
    what: 'The vault is damaged: some of it was changed or is missing.',
    todo: 'Do not delete anything. See what is affected with: voicesync vault verify. Then restore your latest backup beside it.',
  }),
  'vault.newer': () => ({
    what: 'A newer VoiceSync made or changed this vault.',
    todo: 'Install that newer version to open it. Nothing was changed.',
  }),
  'vault.sealed': () => ({
    what: 'The vault is locked.',
    todo: 'Open it with your passphrase; waiting work then goes on. Nothing was lost.',
  }),

  'object.damaged': () => ({
    what: 'A file in the vault was changed from outside and is no longer trusted.',
    todo: 'See which recording it belongs to with: voicesync vault verify. Then restore it from your latest backup, or import it again.',
  }),
  'object.missing': () => ({
    what: 'A file is missing from the vault.',
    todo: 'See which recording it belongs to with: voicesync vault verify. Then restore it from your latest backup, or import it again.',
  }),

  'recording.notFound': ({ id }) => ({
    what: `There is no recording ${quoted(id)} in this vault.`,
    todo: 'See the recordings and their ids with: voicesync recordings list.',
  }),
  'recording.ambiguous': ({ id }) => ({
    what: `${quoted(id)} fits more than one recording.`,
    todo: 'Type more of the id, as voicesync recordings list shows it.',
  }),
  'recording.notTranscribed': ({ name }) => ({
    what: `${quoted(name)} has not been transcribed yet.`,
    todo: 'Transcribe it first; if it is in the queue, wait until it is done.',
  }),
  'recording.busy': ({ name }) => ({
    what: `${quoted(name)} is being worked on.`,
    todo: 'Wait until it is finished, or cancel it, then try again.',
  }),
  'recording.corrected': ({ name }) => ({
    what: `${quoted(name)} has corrections that the joined text would lack: not all of these recordings are transcribed to the end with the same model and options.`,
    todo: 'Nothing was changed. Let all of them be transcribed in the same way, then join them.',
  }),
  'matter.notFound': () => ({
    what: 'This matter is not in the vault any more.',
    todo: 'Choose another one, or make it anew.',
  }),
  'job.notFound': ({ id }) => ({
    what: `There is no job ${quoted(id)} in the queue.`,
    todo: 'See the jobs and their ids with: voicesync queue list.',
  }),
  'job.ambiguous': ({ id }) => ({
    what: `${quoted(id)} fits more than one job.`,
    todo: 'Type more of the id, as voicesync queue list shows it.',
  }),
  'job.wrongState': ({ state, action }) => ({
    what: `The job is ${STATES[state] ?? quoted(state)} and cannot ${ACTIONS[action] ?? `take ${quoted(action)}`} now.`,
    todo: 'See where it stands with: voicesync queue list. Nothing was changed.',
  }),
  'job.interrupted': () => ({
    what: 'The work was interrupted before it was finished.',
    todo: 'Start it again. In a vault it goes on where it was; without one, the finished part was written out and marked incomplete.',
  }),

  'transcript.changed': () => ({
    what: 'This part of the text has changed meanwhile.',
    todo: 'Open the transcript again and repeat the change; everything that was saved is still there.',
  }),
  'transcript.unfinished': ({ name }) => ({
    what: `The text of ${quoted(name)} is not finished, so no single passage of it can be transcribed again.`,
    todo: 'Wait until it is finished, or transcribe again from a place to the end.',
  }),
  'version.notFound': () => ({
    what: 'This version of the transcript is not there any more.',
    todo: 'Go back to the current text; its versions are listed there.',
  }),

  'export.failed': () => ({
    what: 'The document could not be made.',
    todo: 'Try again, or choose another format or folder.',
  }),
  'export.notReplaced': ({ file }) => ({
    what: `${quoted(file)} could not be replaced: another program has it open, or it is write-protected.`,
    todo: 'Close it there, then export again; or export without replacing. The file that is there was not changed.',
  }),
  'export.unknownFormat': ({ format, known }) => ({
    what: `${quoted(format)} is not a format that VoiceSync can write.`,
    todo: `Choose from these: ${list(known)}.`,
  }),
  'export.needsWindow': () => ({
    what: 'A PDF is printed by the desktop app; the command line cannot make one.',
    todo: 'Choose docx or html here, or export the PDF from the window of VoiceSync.',
  }),

  'usage.notConfirmed': () => ({
    what: 'It was not confirmed, so nothing was done.',
    todo: 'Run the command again and type what it asks for; in a script use --yes.',
  }),
  'usage.interrupted': () => ({
    what: 'Interrupted before anything was done.',
    todo: 'Run the command again when you are ready.',
  }),
  'usage.invalid': ({ problem }) => ({
    what: `The command was not understood: ${showable(problem)}.`,
    todo: 'Add --help to see what is possible, with examples. Nothing was done.',
  }),
  'internal.unexpected': () => ({
    what: 'Something unexpected went wrong inside VoiceSync.',
    todo: 'Try again. If it happens again, restart VoiceSync, tell your support what you were doing, and give them the report: Settings, “If something goes wrong”, or: voicesync doctor report FILE. What was saved is safe.',
  }),
};

function quoted(name: string): string {
  return `“${showable(name)}”`;
}

function list(items: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'unit' }).format(items.map(showable));
}

function count(number: number): string {
  return new Intl.NumberFormat('en').format(number);
}

function room(neededBytes: number | null, freeBytes: number | null): string {
  const parts = [
    neededBytes === null ? null : `${formatBytes(neededBytes, 'en')} needed`,
    freeBytes === null ? null : `${formatBytes(freeBytes, 'en')} free`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}
