/** How much of the computer transcriptions may take. */
export const quality = {
  title: 'Speed and quiet',
  text: 'How much of this computer a transcription may take. The words are the same; only the time changes.',
  choice: 'While VoiceSync transcribes',
  quiet: 'Quiet',
  quietText: 'Other programs come first, and the fan stays slow. Takes longest.',
  balanced: 'Balanced',
  balancedText: 'Leaves enough to go on working.',
  fast: 'Fast',
  fastText: 'Takes every part of the processor. Other programs may feel slow.',
  threads_one: '1 of {{all}} processor threads',
  threads_other: '{{count}} of {{all}} processor threads',
  lowPriority: 'low priority',
  when: 'A running transcription changes over within half a minute of its sound. Models are measured again when nothing else is to do. While you record, the live text keeps to it too: with Quiet it may come later, or from a smaller model.',
} as const;
