import { Languages, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { goesOnToEnd, SHOWN_LANGUAGE_RANGES } from '../../../../src/contract/language-ranges.ts';
import { languageName } from '../../../../src/contract/languages.ts';
import type { LanguageRange } from '../../../../src/contract/transcript.ts';
import type { RecordingView } from '../../../../src/contract/views.ts';
import { Button, IconButton } from '../../../components/button.tsx';
import { useLanguage } from '../../../components/window-facts.ts';
import { percentage } from '../../../lib/format.ts';
import { dismissLanguages, useDismissedLanguages } from '../../../stores/dismissed-languages.ts';
import { lastChoiceOf } from '../../../stores/imports.ts';
import { useLibrary } from '../../../stores/library.ts';
import { retranscribe, transcribe } from '../../../stores/library-actions.ts';
import { clock } from '../document/clock.ts';
import type { TextEditor } from '../editor/transcript-editor.ts';
import { goToTime } from '../playback/go-to.ts';
import type { Playback } from '../playback/playback.ts';
import type { TranscriptSync } from '../sync/transcript-sync.ts';

/** A transcript with its audio. */
interface PlayedTranscript {
  readonly sync: TranscriptSync;
  readonly editor: TextEditor;
  readonly playback: Playback;
}

/** Shows ranges probably in another language, and retranscribes them in it; nothing if there are none. */
export function LanguageNotice({ sync, editor, playback }: PlayedTranscript) {
  const { t } = useTranslation('transcript');
  const { recordingId } = sync;
  const ranges = useStore(sync.store, (s) => s.facts.otherLanguages);
  const complete = useStore(sync.store, (s) => s.facts.complete);
  const isDismissed = useDismissedLanguages(({ recordingIds }) => recordingIds.has(recordingId));
  const recording = useLibrary(({ recordings }) => recordings.get(recordingId));
  if (ranges.length === 0 || isDismissed || recording === undefined || isHeardAnew(recording, complete))
    return null;
  const more = ranges.length - SHOWN_LANGUAGE_RANGES;
  const mixed = { ...lastChoiceOf(recording), language: 'mixed' };
  return (
    <section
      aria-label={t('otherLanguages')}
      className="appear flex items-start gap-x-3 border-b border-line bg-warning-wash px-4 py-1.5 text-sm"
    >
      <Languages aria-hidden size="1rem" className="mt-1.5 shrink-0 text-warning" />
      <div className="flex min-w-0 flex-1 flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <ul className="flex min-w-0 flex-col gap-1">
          {ranges.slice(0, SHOWN_LANGUAGE_RANGES).map((range) => (
            <RangeRow
              key={range.startMs}
              sync={sync}
              range={range}
              recording={recording}
              onGo={() => goToTime(editor, playback, range.startMs)}
            />
          ))}
          {more > 0 && <li className="text-ink-soft">{t('moreOtherLanguages', { count: more })}</li>}
        </ul>
        <Button size="small" onClick={() => transcribe(recordingId, mixed)}>
          {t('againMixed')}
        </Button>
      </div>
      <IconButton
        label={t('dismissLanguages')}
        size="smallIcon"
        onClick={() => dismissLanguages(recordingId)}
      >
        <X aria-hidden size="1rem" />
      </IconButton>
    </section>
  );
}

/** One of the ranges, with a click to its start. */
function RangeRow({
  sync,
  range,
  recording,
  onGo,
}: {
  sync: TranscriptSync;
  range: LanguageRange;
  recording: RecordingView;
  onGo: () => void;
}) {
  const { t } = useTranslation('transcript');
  const userLanguage = useLanguage();
  const facts = useStore(sync.store, (s) => s.facts);
  const { startMs, endMs, probability } = range;
  const heardMs = facts.complete ? facts.durationMs : (sync.segments.at(-1)?.endMs ?? endMs);
  const isOpen = goesOnToEnd(range, heardMs);
  const language = languageName(range.language, userLanguage);
  const told = {
    from: clock(startMs),
    to: clock(endMs),
    language,
    certainty: percentage(probability, userLanguage),
  };
  const again = () =>
    retranscribe(
      recording.id,
      { startMs, endMs: isOpen ? null : endMs },
      { ...lastChoiceOf(recording), language: range.language },
    );
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <button
        type="button"
        className="cursor-pointer text-start underline decoration-line-strong underline-offset-3 hover:text-accent"
        onClick={onGo}
      >
        {t(isOpen ? 'probablyFromOn' : 'probablyBetween', told)}
      </button>
      {/* In an unfinished text, no single range can be retranscribed. */}
      {(isOpen || facts.complete) && (
        <Button size="small" onClick={again}>
          {t(isOpen ? 'againFromThere' : 'againStretch', { language })}
        </Button>
      )}
    </li>
  );
}

/** Whether what the notice offers is already under way. */
function isHeardAnew({ job }: RecordingView, complete: boolean): boolean {
  if (job === null || job.state === 'done' || job.state === 'cancelled' || job.failure !== null) return false;
  return complete || job.range !== null;
}
