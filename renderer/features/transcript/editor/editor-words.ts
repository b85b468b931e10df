import type { TFunction } from 'i18next';
import type { SegmentFlag } from '../../../../src/contract/transcript.ts';
import type { EditorWords } from './transcript-editor.ts';

/** What the editor of a transcript says. */
export function editorWords(t: TFunction<'transcript'>, label: string): EditorWords {
  return {
    label,
    labels: { unknownSpeaker: t('unknownSpeaker'), whoSpeaks: t('whoSpeaks') },
    marks: {
      doubts: {
        negation: t('doubtNegation'),
        dose: t('doubtDose'),
        number: t('doubtNumber'),
        name: t('doubtName'),
        word: t('doubtWord'),
      },
      flags: flagSentences(t),
    },
  };
}

/** What each flag of a passage says to the reader. */
export function flagSentences(t: TFunction<'transcript'>): Readonly<Record<SegmentFlag, string>> {
  return { loop: t('flagLoop'), improbable: t('flagImprobable'), overlap: t('flagOverlap') };
}
