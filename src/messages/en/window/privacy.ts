/** The privacy section of the settings, besides the report itself. */
export const privacy = {
  title: 'Privacy',
  hint: 'VoiceSync opens no connections. Here you can see how that is ensured, and have it tried. The report is for your IT department; it is sent nowhere.',
  test: 'Run the self-test',
  testing: 'Trying to open connections…',
  save: 'Save the report…',
  saved: 'The privacy report has been saved.',
} as const;
