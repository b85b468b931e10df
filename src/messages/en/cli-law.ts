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
  kinds: { person: 'person', place: 'place', date: 'date', number: 'number', other: 'other' },
  noLabels: 'No label yet. “pseudonyms find” lists what may have to be replaced.',
  nothingUndecided:
    'Nothing found that is not decided. Rules miss names: read the copy before you give it away.',
  rulesMiss: 'Found by simple rules. They miss names: read the copy before you give it away.',
  undecided_one:
    '{{count}} word in this text is not decided: “pseudonyms find” lists it. A copy says it openly.',
  undecided_other:
    '{{count}} words in this text are not decided: “pseudonyms find” lists them. A copy says them openly.',
  labelledAlready: '“{{text}}” has the label {{label}} already',
  noLabel: 'there is no label “{{label}}”; “pseudonyms list” lists them',
  labelSet_one: '{{label}}  {{words}}: {{count}} time in this text',
  labelSet_other: '{{label}}  {{words}}: {{count}} times in this text',
  labelRemoved: '{{label}}: removed from the key',
  keyTruth: 'Whoever has this file can undo the pseudonyms. Keep it apart from the copies.',
  soundCovered_one:
    '{{count}} passage is covered. A voice itself identifies a person: listen to the file before you give it away.',
  soundCovered_other:
    '{{count}} passages are covered. A voice itself identifies a person: listen to the file before you give it away.',
  noCertificates: 'No certificate of erasing yet.',
  noCertificate: 'there is no certificate {{id}}, or there are several; “matters certificates” lists them',
  byRetention: 'end of retention',
  byHand: 'by hand',
} as const;
