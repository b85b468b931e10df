/** Error messages: what happened, and what to do. One entry per error code, of whole sentences without line breaks. */
export const errors = {
  'file.notFound': {
    what: '“{{file}}” is not there.',
    todo: 'Check the name and the folder; if it is on a stick or a network drive, connect that first.',
  },
  'file.noPermission': {
    what: 'You are not allowed to open “{{file}}”.',
    todo: 'Ask its owner for permission to read it, or copy it into a folder of your own.',
  },
  'file.pipe': {
    what: '“{{file}}” is a pipe: what comes through it can be read only once, and a recording is read several times, to be checked and kept.',
    todo: 'Save it as a file first, and name that file.',
  },
  'file.notRegular': {
    what: '“{{file}}” is not an ordinary file: it is a folder, a link or a device.',
    todo: 'Choose the recording itself.',
  },
  'file.brokenLink': {
    what: '“{{file}}” is a link, and what it leads to is not there.',
    todo: 'If the recording is on a stick or a network drive, connect that first; otherwise add the recording itself.',
  },
  'file.pathTooLong': {
    what: '“{{file}}” cannot be opened: its name, with all the folders it lies in, is too long for this computer.',
    todo: 'Move it into a folder of your own with a short name, and add it from there. Your file was not changed.',
  },
  'file.nameUnusable': {
    what: '“{{file}}” cannot be opened: its name was written by another system, in characters that are not valid here.',
    todo: 'Give it a name of plain letters and digits, and add it again. Your file was not changed.',
  },
  'file.notOnDisk': {
    what: '“{{file}}” comes from another program and lies in no folder of this computer.',
    todo: 'Save it in a folder first, then drop it from there.',
  },
  'file.changed': {
    what: '“{{file}}” changed while it was being read.',
    todo: 'Wait until the recorder or the copying has finished, then add it again. What had arrived is kept.',
  },
  'file.readFailed': {
    what: '“{{file}}” could not be read to its end.',
    todo: 'Check the stick, card or drive it is on; copying it to this computer first often helps. Your file was not changed.',
  },
  'folder.empty': {
    what: 'There is no recording in “{{folder}}”.',
    todo: 'Choose the folder that holds the recordings themselves.',
  },
  'folder.noPermission': {
    what: 'You are not allowed to look into the folder “{{folder}}”. What is in it was left out.',
    todo: 'Ask its owner for permission to read it, then add it again.',
  },
  'folder.gone': {
    what: 'The folder “{{folder}}” was gone when it was to be read. What was in it was left out.',
    todo: 'If it is on a stick or a network drive, connect that, then add it again.',
  },
  'folder.unreadable': {
    what: 'The folder “{{folder}}” could not be read to its end. What is in it may be missing here.',
    todo: 'Check the stick, card or drive it is on, then add it again; copying it to this computer first often helps.',
  },
  'folder.notWritable': {
    what: 'Nothing can be saved in “{{folder}}”.',
    todo: 'If it is on a stick or a network drive, connect that again; or choose a folder of your own (command line: --out FOLDER).',
  },
  'folder.dataNotWritable': {
    what: 'VoiceSync cannot keep its own data in “{{folder}}”.',
    todo: 'Make that folder writable, or name another one in the environment variable VOICESYNC_HOME.',
  },

  'media.empty': {
    what: '“{{file}}” is empty: it holds 0 bytes.',
    todo: 'Copy it from the recorder again; if it is empty there too, nothing was recorded.',
  },
  'media.unreadable': {
    what: '“{{file}}” is not a recording that VoiceSync can read.',
    todo: 'Check that it plays on this computer. If it does, save it there as WAV or MP3 and add that file. Your file was not changed.',
  },
  'media.indexLost': {
    what: '“{{file}}” holds a recording, but not the index to it: the recorder stopped before it wrote that.',
    todo: 'Keep this file: what was recorded is in it. Put a whole recording of the same device and settings into the same folder and try again. If that does not help, a data recovery service or a repair program for MP4 files can rebuild the index with such a recording. Your file was not changed.',
  },
  'media.noDecoder': {
    what: '“{{file}}” was taken for {{coding}}, which the ffmpeg on this computer cannot decode.',
    todo: 'Install a complete ffmpeg, or have the file saved as WAV where it was recorded and add that. Your file was not changed.',
  },
  'media.damaged': {
    what: '“{{file}}” is damaged: only {{readableMs, duration}} of it can be read.',
    todo: 'Copy it from the recorder again. If there is no better copy, the readable part is kept. Your file was not changed.',
  },
  'media.noAudio': {
    what: '“{{file}}” has no sound in it.',
    todo: 'Check that it is the right file: some cameras save the sound in a file of its own.',
  },
  'media.text': {
    what: '“{{file}}” holds text, not sound.',
    todo: 'Choose the recording itself.',
  },
  'media.playlist': {
    what: '“{{file}}” is a playlist: it only points to other files.',
    todo: 'Choose the recordings it points to. VoiceSync never follows such pointers.',
  },
  'media.ds2': {
    what: '“{{file}}” is a DS2 dictation (DSS Pro), a closed format that VoiceSync cannot read.',
    todo: "Open it in the recorder's own program (Olympus DSS Player, OM System ODMS or Philips SpeechExec), choose Save as in the File menu, pick WAV as the type, and add the WAV file. Your file was not changed.",
  },
  'media.severalTracks': {
    what: '“{{file}}” has several sound tracks: {{tracks, list}}.',
    todo: 'Say which one to transcribe, or take them all mixed (command line: --track NUMBER, or --track mix).',
  },
  'media.noSuchTrack': {
    what: '“{{file}}” has no sound track {{track}}.',
    todo: 'Choose one of these: {{tracks, list}}.',
    todo_none: 'Choose another file.',
  },
  'media.tooLong': {
    what: '“{{file}}” is longer than {{limitHours}} hours, the most that VoiceSync takes at once.',
    todo: 'Cut it into shorter files and add those.',
  },
  'media.stalled': {
    what: 'Reading “{{file}}” came to a halt.',
    todo: "Copy it to this computer's own disk and add that copy; if it stops there too, the file is damaged. Your file was not changed.",
  },

  'ffmpeg.missing': {
    what: 'The program that reads recordings, ffmpeg, is not on this computer.',
    todo: 'Install it, then try again. Debian or Ubuntu: sudo apt-get install ffmpeg. Mac: brew install ffmpeg. Windows: winget install Gyan.FFmpeg.',
  },
  'ffmpeg.crashed': {
    what: 'The program that reads recordings stopped unexpectedly.',
    todo: 'Try again. If it keeps happening with this recording, save it as WAV and add that. Nothing was lost.',
  },

  'disk.full': {
    what: 'The disk is full.',
    what_needed: 'The disk is full ({{neededBytes, bytes}} needed).',
    what_free: 'The disk is full ({{freeBytes, bytes}} free).',
    what_both: 'The disk is full ({{neededBytes, bytes}} needed, {{freeBytes, bytes}} free).',
    todo: 'Delete or move files you no longer need: in the window work then goes on, on the command line run it again. Your recordings were not changed.',
  },
  'disk.failed': {
    what: 'The disk refused to store data: it may be failing, unplugged or write-protected.',
    todo: 'Check the drive and its cable, and make a backup now. What was saved before is safe as long as the disk is.',
  },

  'engine.notBuilt': {
    what: 'The speech engine has not been built on this computer yet.',
    todo: 'Install a C++ compiler and CMake, then run: npm run build:native. Debian or Ubuntu: sudo apt-get install build-essential cmake. Mac: xcode-select --install and brew install cmake. Windows: Visual Studio Build Tools with “Desktop development with C++”.',
  },
  'engine.crashed': {
    what: 'The speech engine stopped unexpectedly.',
    todo: 'Try again. If it keeps happening, close other programs or choose a smaller model. Nothing that was transcribed is lost.',
  },
  'engine.stalled': {
    what: 'The speech engine took far too long for one piece and was stopped.',
    todo: 'Close other heavy programs or choose a smaller model, then try again. Nothing that was transcribed is lost.',
  },
  'engine.outOfMemory': {
    what: 'There is not enough memory for the speech model “{{model}}”.',
    todo: 'Close other programs or choose a smaller model, then retry. Nothing that was transcribed is lost.',
  },
  'engine.failed': {
    what: 'The speech engine could not transcribe one piece of the recording.',
    todo: 'Try again. If it keeps happening, choose another model. Nothing that was transcribed is lost.',
  },
  'engine.detectorUnusable': {
    what: 'The file with which VoiceSync finds speech is missing or damaged: “{{file}}”.',
    todo: 'Install VoiceSync again: the file comes with it. Nothing that was transcribed is lost.',
  },
  'engine.voicesUnusable': {
    what: 'What VoiceSync tells voices apart with is missing or does not run on this computer: “{{file}}”.',
    todo: 'Install VoiceSync again, or transcribe without telling speakers apart. Nothing that was transcribed is lost.',
  },

  'model.notFound': {
    what: 'There is no speech model “{{model}}” here.',
    todo: 'Choose one of these: {{known, list}}. Or import a model file: voicesync models import FILE.',
    todo_none: 'Bring a model file on a stick and import it: voicesync models import FILE.',
  },
  'model.notAModel': {
    what: '“{{file}}” is not a Whisper speech model in ggml format.',
    todo: 'Choose a file like ggml-small.bin, as the whisper.cpp project publishes them. Nothing was imported.',
  },
  'model.otherFormat': {
    what: '“{{file}}” is a model in {{format}} format, which VoiceSync does not read.',
    todo: 'Choose the same model in ggml format: a file like ggml-small.bin, as the whisper.cpp project publishes them. Nothing was imported.',
  },
  'model.voiceActivity': {
    what: '“{{file}}” is another kind of model: it tells where somebody speaks (voice activity), and knows no words.',
    todo: 'VoiceSync brings its own of that kind. Choose a speech model, a file like ggml-small.bin. Nothing was imported.',
  },
  'model.vocabularyTooLarge': {
    what: '“{{file}}” has a vocabulary of {{tokens, number}} entries; the speech engine knows Whisper’s own, of at most 51,866.',
    todo: 'Choose a model whose vocabulary was not extended. Nothing was imported.',
  },
  'model.unsupported': {
    what: 'The weights of the speech model “{{model}}” are stored in a way that the speech engine cannot read.',
    todo: 'Choose the same model as F16, Q8_0, Q5_1 or Q5_0: a file like ggml-small.bin or ggml-small-q8_0.bin. Nothing was imported.',
  },
  'model.cutShort': {
    what: '“{{file}}” is a speech model that was cut short: the file ends before its weights do.',
    todo: 'Copy or download it again, to its end. It is not used.',
  },
  'model.trailingBytes': {
    what: '“{{file}}” is a speech model with something behind its end: {{extraBytes, bytes}} that do not belong to it.',
    todo: 'Copy or download it again. It is not used.',
  },
  'model.damaged': {
    what: '“{{file}}” begins as a speech model does, but what follows contradicts its beginning.',
    todo: 'Copy or download it again: it is probably damaged. It is not used.',
  },
  'model.hashMismatch': {
    what: '“{{file}}” is named like the official model “{{model}}”, but its content is different.',
    todo: 'Copy or download it again: someone may have changed it. It is not used.',
  },
  'model.inUse': {
    what: 'The speech model “{{model}}” is in use.',
    todo: 'Wait until the recordings that use it are finished, or cancel them, then try again.',
  },
  'model.bundled': {
    what: 'The speech model “{{model}}” belongs to VoiceSync itself and cannot be removed.',
    todo: 'Leave it where it is; another model can be used in its place. Nothing was changed.',
  },
  'model.trialWhileRecording': {
    what: 'Models cannot be tried while something is recorded: the words of the recording need the speech model.',
    todo: 'Stop the recording first, then try again. Nothing was changed.',
  },
  'model.trialUnderWay': {
    what: 'Models are being tried already.',
    todo: 'Wait until that has ended, or stop it, then try again.',
  },
  'model.trialSilent': {
    what: 'Nobody speaks in the first quarter of an hour of “{{name}}”, so there is nothing to try.',
    todo: 'Transcribe it with the model that you use for other recordings. Nothing was changed.',
  },
  'model.cannotTranslate': {
    what: 'The speech model “{{model}}” cannot translate.',
    todo: 'Choose a model that can, such as small, medium or large-v3, or transcribe without translating.',
  },
  'model.englishOnly': {
    what: 'The speech model “{{model}}” knows English only, not “{{language}}”.',
    todo: 'Choose the model of the same name without “.en”, or set the language to English (en).',
  },
  'language.unknown': {
    what: '“{{language}}” is not a language that the speech model knows.',
    todo: 'Use a two-letter code such as en or es, or auto to have it detected, or mixed if the speakers change language.',
  },

  'vault.notFound': {
    what: 'There is no vault in “{{folder}}”.',
    todo: 'Check the folder, or make a vault there: voicesync vault init FOLDER.',
  },
  'vault.notAVault': {
    what: '“{{folder}}” is not a vault.',
    todo: 'Choose the vault folder itself, not one above or inside it. Nothing in it was changed.',
  },
  'handOver.exists': {
    what: 'There is already a file “{{file}}”.',
    todo: 'Choose another name for the hand-over. The existing file was not touched.',
  },
  'handOver.notOne': {
    what: '“{{file}}” is not a matter that was handed over.',
    todo: 'Such a file ends in .voicesync. Ask the sender for it again. Nothing was changed.',
  },
  'handOver.newer': {
    what: '“{{file}}” was made by a later VoiceSync.',
    todo: 'Update VoiceSync and receive the file again. Nothing was changed.',
  },
  'handOver.notOpened': {
    what: 'This passphrase does not open “{{file}}”, or the file is damaged at its beginning.',
    todo: 'Ask the sender for the passphrase of this very file, and type it again. Nothing was changed.',
  },
  'handOver.damaged': {
    what: '“{{file}}” is cut off or was changed.',
    todo: 'Copy it again from where it came, or ask the sender for a new one. Nothing of it was taken in.',
  },
  'handOver.alreadyReceived': {
    what: 'This hand-over was received before: it is the matter “{{matter}}”.',
    todo: 'Open that matter. To receive the file once more, delete it first. Nothing was changed.',
  },
  'handOver.unfinished': {
    what: '“{{recording}}” is still being imported or transcribed.',
    todo: 'Wait until it is finished, or cancel it, and hand the matter over again.',
  },
  'vault.exists': {
    what: 'There is already a vault in “{{folder}}”.',
    todo: 'Open that one, or choose another folder for the new vault. The existing vault was not touched.',
  },
  'vault.notEmpty': {
    what: 'There are already files in “{{folder}}”.',
    todo: 'Choose an empty or a new folder for the vault. Nothing was changed.',
  },
  'vault.inUse': {
    what: 'This vault is already open: {{holder}}.',
    todo: 'Close the other VoiceSync first, or wait until it has finished. Only one may use a vault at a time.',
  },
  'vault.wrongPassphrase': {
    what: 'This passphrase does not open the vault.',
    todo: 'Check caps lock and the keyboard language and type it again, or use your recovery key. Nothing was lost.',
  },
  'vault.waitBeforeTrying': {
    what: 'The next passphrase is looked at in {{waitMs, duration}}.',
    todo: 'Several were wrong, so there is a short wait. Your recordings are safe.',
  },
  'vault.wrongRecoveryKey': {
    what: 'This recovery key is well-formed, but belongs to another vault or has been replaced.',
    todo: 'Look for the newest recovery key of this vault, or use the passphrase. Nothing was lost.',
  },
  'vault.recoveryKeyMistyped': {
    what: 'There is a typing mistake in group {{group}} of the recovery key.',
    todo: 'Compare group {{group}} with your paper, character by character, and type it again.',
  },
  'vault.recoveryKeyIncomplete': {
    what: 'The recovery key has {{groups}} groups, but should have {{expected}}.',
    todo: 'Type all groups, in order, as they stand on your paper.',
  },
  'vault.passphraseTooShort': {
    what: 'The passphrase is too short: it needs at least {{minimum}} characters.',
    todo: 'Take four or more words that only you would put together; spaces are allowed.',
  },
  'vault.passphrasesDiffer': {
    what: 'The two passphrases are not the same.',
    todo: 'Type the new passphrase again, both times alike. Nothing was changed.',
  },
  'vault.credentialNeeded': {
    what: 'The vault is locked and nothing was given to open it.',
    todo: 'Type the passphrase, or on the command line give --passphrase-file FILE or --recovery-key-file FILE.',
  },
  'vault.backupInside': {
    what: '“{{folder}}” is inside the vault.',
    todo: 'Choose a place outside of it, best on another disk or a stick: what damages the one should not damage the other. Nothing was copied.',
  },
  'vault.keyBesideVault': {
    what: 'The recovery key must not be kept in “{{folder}}”: that is with the vault it opens.',
    todo: 'Save it on a stick or print it, and keep it in another place. Nothing was written.',
  },
  'vault.moveInside': {
    what: '“{{folder}}” is inside the vault, or the vault is inside it.',
    todo: 'Choose a folder that has nothing to do with the vault’s present one. Nothing was moved.',
  },
  'vault.missing': {
    what: 'Your vault lies in “{{folder}}”, and that is not there now.',
    todo: 'Plug in the disk that it is on, then look again. Nothing was changed.',
  },
  'vault.syncedFolder': {
    what: '“{{folder}}” is copied or shared by {{service}}: a vault there would leave this computer and could be damaged.',
    todo: "Choose a folder on this computer's own disk that is not synchronised. Nothing was written there.",
  },
  'vault.damaged': {
    what: 'The vault is damaged: some of it was changed or is missing.',
    todo: 'Do not delete anything. See what is affected with: voicesync vault verify. Then restore your latest backup beside it.',
  },
  'vault.newer': {
    what: 'A newer VoiceSync made or changed this vault.',
    todo: 'Install that newer version to open it. Nothing was changed.',
  },
  'vault.sealed': {
    what: 'The vault is locked.',
    todo: 'Open it with your passphrase; waiting work then goes on. Nothing was lost.',
  },

  'object.damaged': {
    what: 'A file in the vault was changed from outside and is no longer trusted.',
    todo: 'See which recording it belongs to with: voicesync vault verify. Then restore it from your latest backup, or import it again.',
  },
  'object.missing': {
    what: 'A file is missing from the vault.',
    todo: 'See which recording it belongs to with: voicesync vault verify. Then restore it from your latest backup, or import it again.',
  },

  'recording.notFound': {
    what: 'There is no recording “{{id}}” in this vault.',
    todo: 'See the recordings and their ids with: voicesync recordings list.',
  },
  'recording.ambiguous': {
    what: '“{{id}}” fits more than one recording.',
    todo: 'Type more of the id, as voicesync recordings list shows it.',
  },
  'recording.notTranscribed': {
    what: '“{{name}}” has not been transcribed yet.',
    todo: 'Transcribe it first; if it is in the queue, wait until it is done.',
  },
  'recording.noOriginal': {
    what: 'The vault does not hold the original of “{{name}}”: its file changed or was gone before it was read to its end.',
    todo: 'Import it again from where it was copied from.',
  },
  'recording.busy': {
    what: '“{{name}}” is being worked on.',
    todo: 'Wait until it is finished, or cancel it, then try again.',
  },
  'recording.corrected': {
    what: '“{{name}}” has corrections that the joined text would lack: not all of these recordings are transcribed to the end with the same model and options.',
    todo: 'Nothing was changed. Let all of them be transcribed in the same way, then join them.',
  },
  'spelling.failed': {
    what: 'The dictionary could not be used, so the spelling is not checked.',
    todo: 'Close the text and open it again. If that does not help, install VoiceSync again: a file of it may be missing.',
  },
  'spelling.fullOfWords': {
    what: 'The vault has {{limit}} words of its own already.',
    todo: 'Remove some in the settings, under Spelling.',
  },
  'speakers.notHeard': {
    what: 'The speakers of this recording cannot be told apart by their voices: its sound cannot be heard again here.',
    todo: 'Assign them by hand, or transcribe the recording again.',
  },
  'voice.noVoice': {
    what: 'There is no voice here that reads {{language}}. The voice that comes with VoiceSync reads English alone, and only it can be saved as sound.',
    todo: 'Install a voice for that language in your system’s settings: VoiceSync uses every voice that works without a network.',
  },
  'voice.failed': {
    what: 'The voice could not read this.',
    todo: 'Try again from another sentence. If it happens again, start VoiceSync anew.',
  },
  'voice.noMatter': {
    what: 'Voices are remembered in a matter, and this recording is in none.',
    todo: 'Move the recording into a matter, then remember the voice there.',
  },
  'voice.tooShort': {
    what: 'This speaker says too little alone for the voice to be known again.',
    todo: 'Choose a recording in which the person speaks for at least ten seconds.',
  },
  'capture.unavailable': {
    what: 'Nothing can be recorded here: VoiceSync has no way to the microphone.',
    todo: 'Record in the window of VoiceSync, or give the sound to “voicesync record” on its standard input.',
  },
  'capture.denied': {
    what: 'The system does not let VoiceSync use the microphone, so nothing is being recorded.',
    todo: 'Allow VoiceSync to use the microphone in the privacy settings of the system, then start again.',
  },
  'capture.noDevice': {
    what: 'No microphone was found, so nothing is being recorded.',
    todo: 'Connect a microphone or switch it on, then start again.',
  },
  'capture.deviceFailed': {
    what: 'The microphone could not be opened, so nothing is being recorded.',
    todo: 'Close other programs that use it, or choose another microphone, then start again.',
  },
  'capture.notRunning': {
    what: 'This recording has already ended.',
    todo: 'It is in the library, with everything that was said.',
  },
  'capture.nothingArrived': {
    what: 'No sound arrived from the microphone, so nothing was recorded.',
    todo: 'Check that it is switched on, or choose another one, then start again.',
  },
  'capture.noSound': {
    what: '“{{file}}” ended before any sound came.',
    todo: 'Check the program that should deliver the sound. Nothing was recorded.',
  },
  'capture.notWave': {
    what: '“{{file}}” is not a WAV.',
    todo: 'Turn the sound into one first, as in “ffmpeg -i FILE -f wav - | voicesync record”, or name its samples with --raw, --rate and --channels. Nothing was recorded.',
  },
  'capture.soundUnsupported': {
    what: '“{{file}}” holds sound of a kind that is not recorded: {{format}}.',
    todo: 'Turn it into plain samples of one or two channels at 8 to 192 kHz first, as in “ffmpeg -i FILE -f wav - | voicesync record”. Nothing was recorded.',
  },
  'capture.onlySilence': {
    what: 'Nothing but silence was recorded: every sample was 0.',
    todo: 'Check whether the source is muted, and whether it is the right one, then record again.',
  },
  'watch.insideVault': {
    what: 'The vault is in the folder {{folder}}, or the folder is in the vault.',
    todo: 'Choose another folder: what lies in the vault is never taken in as a recording.',
  },
  'watch.already': {
    what: 'The folder {{folder}} is watched already.',
    todo: 'Change its settings in the list, or choose another folder.',
  },
  'corrections.unreadable': {
    what: 'Line {{line}} of the file is no correction.',
    todo: 'Each line needs the words to find, a tab, and the words to write instead. Nothing was added. Mend the line and import the file again.',
  },
  'corrections.tooMany': {
    what: 'A list can hold {{limit}} corrections, and this would be more.',
    todo: 'Remove corrections that are no longer needed, or put some into the list of a matter. Nothing was added.',
  },
  'matter.notFound': {
    what: 'This matter is not in the vault any more.',
    todo: 'Choose another one, or make it anew.',
  },
  'matter.held': {
    what: 'The matter “{{matter}}” is held. Nothing of it can be erased or moved out of it.',
    todo: 'If the hold is over, release it in the form of the matter, and try again. Nothing was erased.',
  },
  'retention.clockDoubted': {
    what: 'This computer says that today is {{today}}, but this vault was in use on {{latest}}. That does not fit, so it is not sure what is due. Nothing was erased.',
    todo: 'Set the computer’s date right, or if it is right, lock the vault, unlock it and confirm the date. Then try again.',
  },
  'certificate.notFound': {
    what: 'This certificate is not in the vault any more.',
    todo: 'Choose another one from the list in the settings.',
  },
  'citation.noTemplate': {
    what: 'This transcript was not exported on numbered pages yet, so nothing can be cited by page and line.',
    todo: 'Export it once with a court template (Word, PDF or text). Citations then follow those pages.',
  },
  'citation.nothing': {
    what: 'None of the selected words stands on the exported pages.',
    todo: 'Select more of the passage, or export verbatim instead of clean.',
  },
  'citation.noLine': {
    what: 'The numbered pages have no words at {{place}}.',
    todo: 'Look at the page and the line in the exported file, and type them as page:line, such as 45:12.',
  },
  'template.notFound': {
    what: 'This Word template is not in the vault any more.',
    todo: 'Choose another template, or add the file again.',
  },
  'template.notWord': {
    what: '“{{file}}” cannot be used as a template: it is no Word document (.dotx or .docx), or it is damaged.',
    todo: 'Open it in Word and save it anew as a Word template (.dotx).',
  },
  'template.macros': {
    what: '“{{file}}” holds macros or other things that run by themselves. Nothing of it was taken.',
    todo: 'Save it in Word as a template without macros (.dotx), and add that.',
  },
  'template.loadsFromElsewhere': {
    what: '“{{file}}” loads something from another file or from the internet whenever it is opened, a linked picture for example. Nothing of it was taken.',
    todo: 'Insert the picture itself into the template instead of a link, save it, and add it again.',
  },
  'template.tooLarge': {
    what: '“{{file}}” is too large for a template: at most {{mostBytes, bytes}} are taken.',
    todo: 'Make its pictures smaller, and add it again.',
  },
  'job.notFound': {
    what: 'There is no job “{{id}}” in the queue.',
    todo: 'See the jobs and their ids with: voicesync queue list.',
  },
  'job.ambiguous': {
    what: '“{{id}}” fits more than one job.',
    todo: 'Type more of the id, as voicesync queue list shows it.',
  },
  'job.wrongState': {
    what: 'The job is {{state}} and cannot {{action}} now.',
    todo: 'See where it stands with: voicesync queue list. Nothing was changed.',
  },
  'job.interrupted': {
    what: 'The work was interrupted before it was finished.',
    todo: 'Start it again. In a vault it goes on where it was; without one, the finished part was written out and marked incomplete.',
  },

  'transcript.changed': {
    what: 'This part of the text has changed meanwhile.',
    todo: 'Open the transcript again and repeat the change; everything that was saved is still there.',
  },
  'transcript.unfinished': {
    what: 'The text of “{{name}}” is not finished, so no single passage of it can be transcribed again.',
    todo: 'Wait until it is finished, or transcribe again from a place to the end.',
  },
  'version.notFound': {
    what: 'This version of the transcript is not there any more.',
    todo: 'Go back to the current text; its versions are listed there.',
  },

  'text.unreadable': {
    what: '“{{name}}” is no text that can be read here.',
    todo: 'Save it as plain text (.txt), Word (.docx) or subtitles (.srt, .vtt), and add that file.',
  },
  'text.empty': {
    what: 'There are no words in “{{name}}”.',
    todo: 'Choose another file.',
  },
  'text.tooLarge': {
    what: '“{{name}}” is too large for the text of one recording.',
    todo: 'Choose a file of at most 32 MB. Pictures in a Word file make it large: save it as plain text.',
  },

  'export.failed': {
    what: 'The document could not be made.',
    todo: 'Try again, or choose another format or folder.',
  },
  'export.notReplaced': {
    what: '“{{file}}” could not be replaced: another program has it open, or it is write-protected.',
    todo: 'Close it there, then export again; or export without replacing. The file that is there was not changed.',
  },
  'export.unknownFormat': {
    what: '“{{format}}” is not a format that VoiceSync can write.',
    todo: 'Choose from these: {{known, list}}.',
  },
  'export.needsWindow': {
    what: 'A PDF is printed by the desktop app; the command line cannot make one.',
    todo: 'Choose docx or html here, or export the PDF from the window of VoiceSync.',
  },

  'usage.notConfirmed': {
    what: 'It was not confirmed, so nothing was done.',
    todo: 'Run the command again and type what it asks for; in a script use --yes.',
  },
  'usage.interrupted': {
    what: 'Interrupted before anything was done.',
    todo: 'Run the command again when you are ready.',
  },
  'usage.invalid': {
    what: 'The command was not understood: {{problem}}.',
    todo: 'Add --help to see what is possible, with examples. Nothing was done.',
  },
  'internal.unexpected': {
    what: 'Something unexpected went wrong inside VoiceSync.',
    todo: 'Try again. If it happens again, restart VoiceSync, tell your support what you were doing, and give them the report: Settings, “If something goes wrong”, or: voicesync doctor report FILE. What was saved is safe.',
  },

  /** Job states and actions, as `job.wrongState` names them; the last of each for an unknown one. */
  states: {
    queued: 'in the queue',
    running: 'running',
    paused: 'paused',
    waiting: 'waiting to be tried again',
    done: 'done',
    failed: 'failed',
    cancelled: 'cancelled',
    unknown: '“{{word}}”',
  },
  actions: {
    pause: 'be paused',
    resume: 'be resumed',
    cancel: 'be cancelled',
    retry: 'be retried',
    first: 'be put first',
    run: 'be run',
    unknown: 'take “{{word}}”',
  },
} as const;
