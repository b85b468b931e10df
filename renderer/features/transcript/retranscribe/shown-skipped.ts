import type { TFunction } from 'i18next';
import type { SkippedRange } from '../../../../src/contract/transcript.ts';
import { clock } from '../document/clock.ts';
import type { ShownRange } from '../editor/editor-state.ts';

const SENTENCES = {
  noSpeech: 'skipped',
  notUnderstood: 'notUnderstood',
  notInText: 'texts:notInText',
} as const;

/** The actions for a range without a text. */
export interface SkippedActions {
  readonly listen: (range: SkippedRange) => void;
  readonly retranscribe: (range: SkippedRange) => void;
}

/** The editor's ranges without a text. */
export function shownSkipped(
  skipped: readonly SkippedRange[],
  isComplete: boolean,
  t: TFunction<['transcript', 'rerun', 'texts']>,
  { listen, retranscribe }: SkippedActions,
): ShownRange[] {
  return skipped.map((range) => {
    const isUnclear = range.reason !== 'noSpeech';
    const times = { from: clock(range.startMs), to: clock(range.endMs) };
    return {
      ...range,
      sentence: t(SENTENCES[range.reason], times),
      actions: [
        ...(isUnclear ? [{ label: t('listen'), run: () => listen(range) }] : []),
        // In an unfinished text, no single range can be retranscribed.
        ...(isComplete
          ? [
              {
                label: t(isUnclear ? 'rerun:unclearAgain' : 'rerun:thisStretch'),
                run: () => retranscribe(range),
              },
            ]
          : []),
      ],
    };
  });
}
