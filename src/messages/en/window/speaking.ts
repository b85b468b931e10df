/** Who speaks: how many, asked before a transcription; lanes over the waveform; shares of talking time. */
export const speaking = {
  howMany: 'How many speak?',
  howManyIn: 'How many speak in “{{name}}”?',
  mode_auto: 'Automatic',
  mode_exactly: 'Exactly',
  mode_atMost: 'At most',
  mode_channels: 'One on each channel',
  mode_none: 'Do not tell apart',
  asUsual: 'As usual: {{how}}',
  people: 'Number of people',
  peopleCount_one: '{{count}} person',
  peopleCount_other: '{{count}} people',
  atMostCount_one: 'At most {{count}} person',
  atMostCount_other: 'At most {{count}} people',
  anotherNumber: 'Another number…',
  automaticSpeakers: 'Speakers: automatic',
  told_channels: 'One on each channel',
  told_none: 'Not told apart',
  hint_auto:
    'VoiceSync counts the voices. In a call where each side has its own channel, each channel is one speaker.',
  hint_exactly:
    'Choose this if you know how many are heard. In a call where each side has its own channel, the number does not count: each channel is one speaker.',
  hint_atMost:
    'VoiceSync counts the voices, but finds no more people than this. In a call where each side has its own channel, each channel is one speaker.',
  hint_channels:
    'Only for recordings in which each speaker has a channel of their own, as in many recorded calls.',
  hint_none: 'The text says nothing about who speaks. You can still name speakers by hand.',
  lanes: 'Who speaks when',
  lanesKeys: 'Left and right go from turn to turn, up and down to another speaker, Enter plays from there.',
  turn: '{{speaker}}, {{from}}–{{to}}',
  nobodyKnown: 'Not known',
  shares: 'Talking time',
  speakersCount_one: '{{count}} speaker',
  speakersCount_other: '{{count}} speakers',
  reading: 'Looking who speaks…',
  take: 'Use this',
  cancel: 'Cancel',
} as const;
