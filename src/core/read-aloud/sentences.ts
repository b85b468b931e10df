import { LONGEST_SPOKEN } from '../../contract/read-aloud.ts';

/** The sentences of a text; one that is too long to be spoken at once comes in parts. */
export function sentencesOf(text: string, language: string): string[] {
  return [...new Intl.Segmenter(language, { granularity: 'sentence' }).segment(text)].flatMap(
    ({ segment }) =>
      segment.match(new RegExp(`[^]{1,${LONGEST_SPOKEN}}(?=\\s|$)|[^]{${LONGEST_SPOKEN}}`, 'gu')) ?? [],
  );
}
