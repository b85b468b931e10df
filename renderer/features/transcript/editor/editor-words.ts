import type { TFunction } from 'i18next';
import type { SegmentFlag } from '../../../../src/contract/transcript.ts';
import type { EditorWords } from './transcript-editor.ts';

/** The editor's messages. */
export function editorWords(t: TFunction<['transcript', 'texts']>, label: string): EditorWords {
  return {
    label,
    labels: {
      unknownSpeaker: t('unknownSpeaker'),
      whoSpeaks: t('whoSpeaks'),
      unsureSpeaker: t('flagUnsureSpeaker'),
    },
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

/** The message for each flag of a passage. */
export function flagSentences(t: TFunction<['transcript', 'texts']>): Readonly<Record<SegmentFlag, string>> {
  return {
    loop: t('flagLoop'),
    improbable: t('flagImprobable'),
    overlap: t('flagOverlap'),
    unsureSpeaker: t('flagUnsureSpeaker'),
    notHeard: t('texts:flagNotHeard'),
  };
}
