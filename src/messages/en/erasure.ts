/** The certificate of erasing. */
export const erasure = {
  title: 'Certificate of erasing',
  id: 'Certificate: {{id}}',
  written: 'Written: {{time}}',
  program: 'Program: VoiceSync {{version}}',
  why: 'Why',
  byHand: 'A person asked for it and confirmed it by typing the number of recordings.',
  byRetention_one:
    'The matter keeps its recordings for {{count}} day after their import. That time was over.',
  byRetention_other:
    'The matter keeps its recordings for {{count}} days after their import. That time was over.',
  matter: 'Matter: {{id}}',
  what_one: 'What was erased: {{count}} recording, with its transcripts',
  what_other: 'What was erased: {{count}} recordings, with their transcripts',
  name: 'Name: {{name}}',
  imported: 'Imported: {{time}}',
  length: 'Length: {{length}}',
  how: 'How',
  howText:
    'The rows, the wrapped keys and the words in the search index were deleted from the encrypted database, its write-ahead log was emptied, and the encrypted files were deleted. Without its key, what such a file leaves on a disk is unreadable.',
  howFlash:
    'Flash storage keeps old copies of blocks out of any program’s reach: an old copy of a database page, readable only with the vault’s own key, may survive there.',
  howRest:
    'Not erased by this: original files elsewhere, exports, backups made before, and voices that the matter remembers.',
  log: 'Audit log of the vault',
  logEntry: 'Last entry after the erasing: {{number}}',
  logText:
    'The log has an entry for each of these recordings, and after them one with the SHA-256 of this text.',
  noLog: 'This vault is deleted when the program ends, and keeps no log.',
} as const;
