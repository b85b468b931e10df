/** Texts of a problem report, besides its facts. */
export const report = {
  title: 'VoiceSync: report about a problem',
  contains:
    'What is in it: technical facts about this program and this computer, the fingerprints of the speech models, and a log of what the program did and when, in codes and numbers. It does tell when VoiceSync was used, and how many recordings of what length it worked on.',
  containsNot:
    'What is not in it: no names of people, matters, files or folders, nothing that was said or written, no passphrase and no key.',
  isSentNowhere: 'VoiceSync sends it nowhere. Read it, and give it only to those you choose.',
  program: 'Program',
  computer: 'Computer',
  models: 'Speech models',
  settings: 'Settings',
  log_one:
    'Log: {{count}} entry. Times are in UTC; “job” and “recording” are numbers that only tell which entries belong together.',
  log_other:
    'Log: {{count}} entries. Times are in UTC; “job” and “recording” are numbers that only tell which entries belong together.',
  logIsOff: 'The log is switched off.',
  logIsEmpty: 'The log is empty.',
  earlierLeftOut_one: '({{count}} earlier entry is left out.)',
  earlierLeftOut_other: '({{count}} earlier entries are left out.)',
} as const;
