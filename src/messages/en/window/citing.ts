/** Citations by page and line of a transcript's numbered pages. */
export const citing = {
  menu: 'Text',
  copyText: 'Copy',
  copy: 'Copy citation',
  copied: 'Copied with its place: {{place}}',
  goTo: 'Go to page and line…',
  title: 'Go to page and line',
  about: 'As on the numbered pages of the last export of this matter, with the text as it is now.',
  place: 'Page:line',
  placeHint: 'Such as 45:12',
  notAPlace: 'Type the page, a colon and the line: 45:12',
  go: 'Go there',
} as const;
