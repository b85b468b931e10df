import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button } from '../../../components/button.tsx';
import { SpeakerSwatch } from '../../../components/speaker-swatch.tsx';
import { Tooltip } from '../../../components/tooltip.tsx';
import { classNames } from '../../../lib/class-names.ts';
import type { Caret } from '../editor/caret.ts';
import type { Playback } from '../playback/playback.ts';
import type { SpeakerQuestions } from './speaker-questions.ts';
import { useSpeakerKeyLabels } from './use-key-speakers.ts';

/** The speakers, during playback with their keys, unless such keys are text. */
export function SpeakerKeys({
  playback,
  caret,
  questions,
  speakers,
  onOpen,
}: {
  playback: Playback;
  caret: Caret;
  questions: SpeakerQuestions;
  /** Those with keys, in order. */
  speakers: readonly string[];
  /** Opens all speakers. */
  onOpen: () => void;
}) {
  const { t } = useTranslation(['transcript', 'speakers']);
  const isPlaying = useStore(playback.store, (s) => s.player.playing);
  const isTyping = useStore(caret.store, (s) => s.isTyping);
  const assigning = useStore(playback.store, (s) => s.assigning);
  const keyOf = useSpeakerKeyLabels();
  const legend = isPlaying ? (isTyping ? t('whoSpokeTyping') : t('whoSpoke')) : t('whoSpeaks');
  const press = (speaker: string) => {
    if (isPlaying) playback.assignFromHere(speaker);
    else questions.assignAtCaret(speaker);
  };
  return (
    <div data-playing={isPlaying || undefined} className="vs-speakers mb-1.5 flex items-center gap-1.5">
      <fieldset className="flex min-w-0 flex-1 items-center gap-1.5 overflow-x-auto [scrollbar-width:thin] p-0.5 text-sm">
        <legend className="float-left mr-1 shrink-0 text-ink-soft">{legend}</legend>
        {speakers.map((speaker, index) => (
          <Tooltip key={speaker} text={t(isPlaying ? 'assignFromHere' : 'assignHere', { speaker })}>
            <button
              type="button"
              aria-pressed={assigning === speaker}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => press(speaker)}
              className={classNames(
                'inline-flex min-h-7 max-w-48 shrink-0 items-center gap-1.5 rounded-full border px-2.5',
                assigning === speaker
                  ? 'border-accent bg-accent text-accent-ink'
                  : 'border-line bg-surface text-ink hover:bg-hover',
              )}
            >
              <kbd
                className={classNames(
                  'figures font-sans font-semibold',
                  (isTyping || !isPlaying) && 'hidden',
                )}
              >
                {keyOf(index)}
              </kbd>
              <SpeakerSwatch place={index} />
              <span className="truncate">{speaker}</span>
            </button>
          </Tooltip>
        ))}
      </fieldset>
      <Button size="small" look="plain" onClick={onOpen}>
        {t('speakers:open')}
      </Button>
    </div>
  );
}
