/** What is stored where: the places, what is in them, and what erasing means there. */
export const places = {
  title: 'Places and sizes',
  intro:
    'Everything that VoiceSync keeps on this computer, and where. Exports, saved reports, certificates and recovery keys lie where you put them, and the originals of your recordings where they were: those are readable files of yours.',
  list: 'Places',
  show: 'Show in folder',
  showNamed: 'Show in folder: {{name}}',
  encrypted: 'Encrypted',
  readable: 'Not encrypted',
  measuring: 'Measuring…',
  again: 'Measure again',
  content_one: '{{count, number}} file, {{size}}',
  content_other: '{{count, number}} files, {{size}}',
  empty: 'Nothing is there.',
  free: '{{size}} free on this disk',
  erasing: 'What erasing means here',
  parts: 'What is in the vault',
  soundPart: 'Recordings: originals and sound, sealed one by one',
  databasePart: 'Database: texts, names, matters, edits, the log',
  incomingPart: 'Sealed files that are being written',
  keysPart: 'Key slots, the log’s end, the lock',
  vaultName: 'Vault',
  formerName: 'Another vault',
  modelsName: 'Speech models',
  settingsName: 'Settings of the window',
  browserName: 'The window’s own files',
  keychainName: 'Secret for the system’s keychain',
  logsName: 'Diagnostic log',
  ephemeralName: 'Vaults for a single command',
  rescuedName: 'Rescued texts',
  temporaryName: 'Temporary files',
  programName: 'What came with the program',
  watchedName: 'Watched folder',
  vaultWhat: 'Everything about your recordings and the people in them.',
  formerWhat:
    'VoiceSync used it before: you chose another since, or it was still used here after it had been copied to its new place. It may hold what your vault does not have. To look into it: Settings, Vault, “Use another vault…”. Once you need nothing in it, delete the folder.',
  modelsWhat: 'The models that you added, and how fast each works here. Nothing of your recordings.',
  settingsWhat:
    'How the window looks and behaves, its place on the screen, keys and pedals. Nothing about people.',
  browserWhat:
    'What Chromium keeps for the window: its own preferences and caches. No text and no sound of yours.',
  keychainWhat:
    'Only where the system’s keychain may open the vault: a secret that the keychain has encrypted, and only this user’s session can read.',
  logsWhat: 'Codes, numbers and times for problem reports. No names, no text.',
  ephemeralWhat:
    'The command line without a vault works in one, whose key is only in memory. At the end it is deleted.',
  rescuedWhat: 'Transcripts of the command line that could not be written where they were to go. Readable.',
  temporaryWhat:
    'In the system’s folder, folders whose names begin with “voicesync-”, for moments: while a command runs, and in the self-test. Never a recording or a text.',
  programWhat: 'The model that is bundled, the weights that find speech, samples and licences.',
  watchedWhat:
    'Your folder. VoiceSync takes recordings from it, and moves them into “taken” if you want it. Counted: what lies in it and in “taken”.',
  vaultErase:
    'Erasing a recording deletes its files, its texts and the key of each file. Whatever a disk may keep of the files is unreadable then. Deleting the whole folder deletes everything, without return unless there is a backup.',
  formerErase:
    'VoiceSync deletes nothing in it. Deleting the folder deletes everything in it, without return unless there is a backup.',
  modelsErase: 'Removing a model deletes its file; it can be added again.',
  settingsErase:
    'Deleting the file brings the settings back to those of the first start. The vault is not touched.',
  browserErase: 'Nothing is lost: it is made again at the next start.',
  keychainErase:
    'Deleting it, or switching the keychain off in the settings, leaves the passphrase and the recovery key to open the vault.',
  logsErase:
    'Switched off under “If something goes wrong”, the log is deleted. Old entries go by themselves.',
  ephemeralErase:
    'Deleted at the end of each command. What a power cut leaves cannot be read by anybody, and the next command deletes it.',
  rescuedErase:
    'They stay until you delete them, like any file: a disk may keep remains of them. Move on what you need, and delete the rest.',
  temporaryErase: 'Deleted at the end. What a power cut leaves holds nothing of yours and may be deleted.',
  programErase: 'It goes when VoiceSync is uninstalled. The vault, models and settings stay then.',
  watchedErase: 'VoiceSync deletes nothing in it. Recordings stay readable there until you delete them.',
} as const;
