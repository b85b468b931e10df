/** What the command line says while it tries models. */
export const trialCommand = {
  searching: 'Looking for the two minutes with the most speech…',
  trying: 'Trying {{model}}…',
  range: '{{name}}, from {{from}} to {{to}}',
  took: 'took {{time}}',
  whole: 'about {{time}} for the whole recording',
  differences_one: '1 word differs',
  differences_other: '{{count}} words differ',
  same: 'no differences',
  nothing: 'Nothing was understood.',
  comparedWith: 'Words are compared with those of {{model}}; those of {{model}} with all others.',
  stopped: 'stopped',
} as const;
