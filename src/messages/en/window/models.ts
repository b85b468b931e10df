/** The speech models. */
export const models = {
  title: 'Speech models',
  intro: 'A speech model turns sound into text. Larger ones make fewer mistakes and take longer.',
  usual: 'In use',
  makeUsual: 'Use this one',
  remove: 'Remove',
  best: 'Best for this computer',
  bestHere: '{{name}} suits this computer best: larger ones would be slow on it.',
  bestToUse: '{{name}} suits this computer best, and is here already.',
  bestToBring:
    '{{name}} ({{size}}) suits this computer best: it makes fewer mistakes than the model that comes along, and this computer is quick enough for it.',
  manyLanguages: 'about 100 languages',
  englishOnly: 'English only',
  verified: 'The official file, checked',
  bundled: 'Part of VoiceSync, checked',
  notInCatalogue: 'Not an official file: only use it if you trust where it comes from',
  altered: 'Changed since it was added: it is not used',
  copying: 'Checking and copying {{name}}…',
  bringTitle: 'Bring a model on a stick',
  bringText:
    'VoiceSync never downloads anything. Get a model on a connected computer, from the whisper.cpp project or from your IT department, bring the file here, and drop it on this window. Its checksum is compared with the official one.',
  choose: 'Choose a model file…',
  known: 'Official models',
  knownText:
    'These files are recognised by their checksum. Names with .en know English only; the turbo models do not translate.',
  removeTitle: 'Remove “{{name}}”?',
  removeText: 'The file is deleted from this computer. Transcripts made with it stay as they are.',
} as const;
