/** Where the vault lies: moving it, using another, a missing one, and restoring a backup beside it. */
export const vaultPlace = {
  moveAction: 'Move…',
  moveTitle: 'Move the vault',
  moveText:
    'To another folder, also on another disk. Everything is copied and read back; only then is the old folder removed. If something comes between, the vault stays whole in one of the two.',
  moveSynced:
    'Folders that are synced, as by OneDrive, Dropbox or iCloud, and folders on a network are refused: a vault there would leave this computer.',
  chooseFolder: 'Choose a folder…',
  chooseAnother: 'Choose another…',
  from: 'From',
  to: 'To',
  toCopy: 'To copy',
  room: 'Free there',
  files_one: '{{count}} file, {{size}}',
  files_other: '{{count}} files, {{size}}',
  moveLocks:
    'The vault is locked meanwhile, and transcriptions pause. They go on where they were once you have unlocked it again.',
  moveNow: 'Lock and move',
  movingTitle: 'The vault is being moved',
  movingCopying: 'Copying, and reading every copy back…',
  movingSafe: 'Until everything is copied the vault is in the old place. Leave the disks plugged in.',
  movedTo: 'The vault now lies in {{to}}. The old folder is removed.',
  moveStopped: 'The move was broken off. The vault is where it was: {{from}}.',
  moveFailed: 'The vault could not be moved, and is where it was: {{from}}.',
  missingTitle: 'The vault is not there',
  missingWhere: 'It was last in {{folder}}.',
  missingTodo:
    'If that is on a disk or a stick, plug it in and look again. If you have moved the folder, choose where it is now.',
  stillMissing: 'It is still not there.',
  lookAgain: 'Look again',
  chooseVault: 'Choose the vault’s folder…',
  withoutTitle: 'The disk is lost or broken?',
  withoutText:
    'You can go on without this vault: then VoiceSync offers to restore a backup, or to make a new vault. Nothing in {{folder}} is touched, and you can come back to it in the settings.',
  goWithout: 'Go on without it',
  otherTitle: 'Another vault',
  otherText: 'Use a vault that lies in another folder. This one is locked and stays as it is.',
  otherAction: 'Use another vault…',
  restoreTitle: 'Restore from a backup',
  restoreHint: 'Beside this vault, which stays as it is.',
  restoreAction: 'Restore…',
  restoreText:
    'The backup is copied into a new folder beside your vault. Choose the folder of the backup itself: its name mostly begins with “VoiceSync backup”.',
  restoreKeeps:
    'Nothing in your present vault changes: it stays in {{folder}}. Afterwards you choose which of the two you use.',
  chooseBackup: 'Choose a backup and restore',
  restoreChoosing: 'Choose the backup…',
  restoreStopped: 'Stopped. What was copied is deleted.',
  restored: 'The backup is restored and was read back.',
  restoredNext:
    'It opens with the passphrase of its day. If you open it now, your present vault is locked and stays in {{folder}}; “Use another vault…” brings you back to it.',
  stay: 'Stay in this vault',
  useRestored: 'Lock, and open the restored one',
} as const;
