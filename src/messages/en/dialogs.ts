/** Messages of the main process: notifications, the menu and the system's dialogs. Never a name. */
export const dialogs = {
  ready: 'A transcription is ready.',
  failed: 'A transcription could not be finished.',
  recordings: 'Recordings',
  models: 'Speech models',
  allFiles: 'All files',
  recoveryKeyFile: 'VoiceSync recovery key.txt',
  recordingName: 'Recording {{time}}',
  backupFolder: 'VoiceSync backup {{time}}',
  recoveryKeyText: 'VoiceSync recovery key. Keep it away from the computer that holds the vault.',
  failing: 'The window has failed several times in a row.',
  failingTodo:
    'What was saved is in the vault. Open the library. If the window fails there too, quit VoiceSync and start it again.',
  toLibrary: 'Open the library',
  pedals: {
    which: 'Which of these is your pedal?',
    why: 'VoiceSync then listens to its buttons, and to those of other devices of the same model, until you remove it in the settings.',
    cancel: 'Cancel',
    none: 'No pedal was found.',
    noneTodo:
      'Plug it in and try again. A pedal that types keys needs no connection: give its key to an action. On Linux a udev rule may be missing: docs/keys.md shows it.',
  },
  failingProgram: 'VoiceSync has failed several times in a row.',
  failingProgramTodo:
    'What was saved is in the vault. Start VoiceSync again; what you typed and could not be saved is asked about first. If it fails again, Settings → “If something goes wrong” has a report for your support.',
  restart: 'Start again',
  notStarted: 'VoiceSync could not start.',
  notStartedTodo:
    'Your vault was not touched. Restart the computer and try again, or install VoiceSync again: the vault stays. For your support: the log in {{log}} says in codes what happened; it holds no names and no text.',
  reportFile: 'VoiceSync report.txt',
  privacyFile: 'VoiceSync privacy report.html',
  unsaved: {
    what_one: '{{count}} letter in {{passages}} could not be saved.',
    what_other: '{{count}} letters in {{passages}} could not be saved.',
    passages_one: '{{count}} passage',
    passages_other: '{{count}} passages',
    why: 'The disk is full or cannot be written to. Make room on it, then try again. What you typed is still here, and VoiceSync tries again by itself as long as it is open.',
    elsewhereWhy: '“Save elsewhere” writes these passages into a readable file, without encryption.',
    again: 'Try again',
    elsewhere: 'Save elsewhere…',
    lockAndLose: 'Lock and lose them',
    quitAndLose: 'Quit and lose them',
    stay: 'Cancel',
    file: 'VoiceSync unsaved passages.txt',
    fileText:
      'Passages that VoiceSync could not save. This file is not encrypted: delete it when they are in the transcript.',
  },
  undone: {
    recording: {
      what: 'A recording is running.',
      why: 'If you quit now, it is stopped. What was said until then is kept in the vault.',
    },
    reading: {
      what: 'Not every recording is safe in the vault yet.',
      why: 'Some are still being read. If you quit now, leave their originals where they are: they are read from there when you next unlock VoiceSync.',
    },
    exporting: {
      what: 'An export is not finished.',
      why: 'If you quit now, the files that are not there yet are not written.',
    },
    making: {
      what: 'Your vault is not made yet.',
      why: 'The recovery key you were shown opens nothing before two of its groups are typed back. If you quit now, throw it away: next time you get a new one.',
    },
    renewing: {
      what: 'Your new recovery key does not hold yet.',
      why: 'It opens nothing before two of its groups are typed back. If you quit now, throw the new key away: the old one still opens the vault.',
    },
    keeping: {
      what: 'A backup or a check of the vault is not finished.',
      why: 'If you quit now, it is broken off. What was copied so far is deleted; the vault stays as it is.',
    },
    recovering: {
      what: 'Your new passphrase and recovery key do not hold yet.',
      why: 'They open nothing before two groups of the key are typed back. If you quit now, throw the new key away: the old one still opens the vault.',
    },
  },
  recordingStops: {
    what: 'A recording is running.',
    why: 'The vault can only be sealed once it has stopped. What was said until then is kept. If you only lock the window, the recording goes on behind it.',
    stop: 'Stop and seal',
    goOn: 'Keep recording',
  },
  stayOpen: 'Keep VoiceSync open',
  capturing: {
    recording: 'VoiceSync is recording',
    paused: 'The recording is paused',
    show: 'Show VoiceSync',
    stop: 'Stop recording',
  },
  menu: {
    file: 'File',
    quit: 'Quit',
    edit: 'Edit',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select all',
    view: 'View',
    actualSize: 'Actual size',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    fullScreen: 'Full screen',
    window: 'Window',
    minimize: 'Minimize',
    close: 'Close',
  },
} as const;
