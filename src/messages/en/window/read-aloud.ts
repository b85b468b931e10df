/** Reading a text aloud. */
export const aloud = {
  title: 'Read aloud',
  stop: 'Stop reading aloud',
  here: 'Read the selection or this paragraph',
  onwards: 'Read from here to the end',
  speed: 'Speed',
  times: '{{speed}}×',
  saveAs: 'Save as sound ({{format}})…',
  saving: 'The sound file is being made…',
  saved: 'Saved, not encrypted: {{path}}',
} as const;
