/** Texts that were written outside of the app, and are aligned to a recording. */
export const texts = {
  add: 'Add an existing text…',
  dropTitle: 'Add an existing text',
  dropHere: 'Let go to add this text to “{{name}}”',
  waiting: '“{{file}}” is added as soon as this is transcribed',
  forget: 'Do not add it',
  unlikeRow: '“{{file}}” does not fit: {{percent}} of its words were found in the sound',
  addAnyway: 'Add it anyway',
  added_one: 'Version {{number}} is “{{file}}”: {{percent}} of its one word were found in the sound.',
  added_other:
    'Version {{number}} is “{{file}}”: {{percent}} of its {{count}} words were found in the sound.',
  stretches: 'To check: {{places}}. Earlier versions stay in the list of versions.',
  noStretches: 'Earlier versions stay in the list of versions.',
  notHeardPlaces_one: '{{count}} passage that was not heard',
  notHeardPlaces_other: '{{count}} passages that were not heard',
  notInTextPlaces_one: '{{count}} stretch that is not in the text',
  notInTextPlaces_other: '{{count}} stretches that are not in the text',
  waitingSaid: '“{{file}}” will be added as soon as the recording is transcribed.',
  unlikeTitle: 'Is this the text of “{{name}}”?',
  unlike:
    'Only {{percent}} of the words of “{{file}}” were found in the sound. It is probably the text of another recording, or in another language.',
  unlikeWhat:
    'If you add it, most of its times are only guessed. What is there now stays in the list of versions.',
  kind: 'Existing text',
  found: '{{file}}, {{percent}} of it heard',
  flagNotHeard: 'Nothing like this was heard in the sound. Listen to this place.',
  notInText: '[{{from}}–{{to}} something is said here that the text does not have]',
  unclear_one: '{{count}} stretch not understood',
  unclear_other: '{{count}} stretches not understood',
  nextMissing_one: '{{count}} stretch missing in the text: listen to the next place',
  nextMissing_other: '{{count}} stretches missing in the text: listen to the next place',
} as const;
