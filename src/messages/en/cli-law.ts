/** What the command line says of checked texts, pseudonyms and retention. */
export const lawCommands = {
  notChecked: 'Nobody has marked this transcript as checked. {{percent}} % of the recording was listened to.',
  checkedBy: 'Checked by {{name}} on {{date}}, {{percent}} % listened to.',
  unchangedSinceChecked: 'Not changed since.',
  changedSinceChecked_one: 'Changed since: {{count}} passage',
  changedSinceChecked_other: 'Changed since: {{count}} passages',
  keptForever: 'Recordings are kept without an end.',
  keptForDays_one: 'Recordings are kept for {{count}} day after their import, then erased for good.',
  keptForDays_other: 'Recordings are kept for {{count}} days after their import, then erased for good.',
  erasedAutomatically: 'The window erases them without asking, once it was confirmed there.',
  erasedAfterAsking: 'The window asks before it erases them.',
  heldSince: 'Held since {{date}}: nothing of this matter is erased.',
  willGo_one: '{{count}} recording will go. “matters due” lists what goes within 14 days.',
  willGo_other: '{{count}} recordings will go. “matters due” lists what goes within 14 days.',
  nothingDue: 'Nothing is due within 14 days.',
  noDays: 'the days are a whole number from 1 to {{most}}',
} as const;
