/** What the command line says of checked texts, pseudonyms and retention. */
export const lawCommands = {
  notChecked: 'Nobody has marked this transcript as checked. {{percent}} % of the recording was listened to.',
  checkedBy: 'Checked by {{name}} on {{date}}, {{percent}} % listened to.',
  unchangedSinceChecked: 'Not changed since.',
  changedSinceChecked_one: 'Changed since: {{count}} passage',
  changedSinceChecked_other: 'Changed since: {{count}} passages',
} as const;
