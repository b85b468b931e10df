/** Names and labels of pseudonymised copies, their keys and sound, and of certificates of erasing. */
export const law = {
  copyName: 'Transcript {{id}} (pseudonymised)',
  soundName: 'Sound {{id}} (pseudonymised)',
  keyName: 'Key of pseudonyms {{id}}',
  keyLabel: 'Label',
  keyKind: 'Kind',
  keyMeans: 'Stands for',
  speakerLabel: '[Speaker {{number}}]',
  nameLeftOut: '[name left out]',
  labels: {
    person: '[Person {{number}}]',
    place: '[Place {{number}}]',
    date: '[Date {{number}}]',
    number: '[Number {{number}}]',
    other: '[Other {{number}}]',
  },
  kinds: { person: 'Person', place: 'Place', date: 'Date', number: 'Number', other: 'Other' },
} as const;
