/** The languages that are usual in the vault. */
export const languages = {
  title: 'Usual languages',
  text: 'The languages that your recordings are mostly in. Where the language is detected, these are preferred if the speech could be either, as on short or noisy recordings. In every list of languages they come first.',
  none: 'None are chosen: every language counts alike, but for those that were usual so far.',
  add: 'Add a language',
  choose: 'Choose…',
  remove: 'Remove {{language}}',
  englishOnly: 'The model {{model}} knows English alone: it writes anything else as if it were English.',
  unknownToModel: 'It does not know languages that are usual here: {{languages}}.',
  limits:
    'Speech that is clearly in another language is still recognised as that. What was detected, and how sure that is, stands beside each recording; you can change it there.',
} as const;
